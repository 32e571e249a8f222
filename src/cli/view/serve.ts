import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refuseUnknown } from '../commands/draw.ts';
import type { ViewOptions } from '../commands/view.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { systemReason } from '../files.ts';
import { report } from '../loadSpec.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';
import { compileSpec } from './compileSpec.ts';
import { dataOf, printData } from './pageOf.ts';
import { Watch } from './watch.ts';

/** Serves the page of a spec on this machine, and tells it each time that the spec or an import was saved. */
export async function serve(spec: string, options: ViewOptions, terminal: Terminal): Promise<ExitStatus> {
  let compiled = await compileSpec(spec, options);
  report(compiled.diagnostics, terminal);
  const unknown = compiled.graph === undefined ? undefined : refuseUnknown(compiled.graph, options, terminal);
  if (unknown !== undefined) return unknown;
  let data = dataOf(compiled, options);
  const readers = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (!isForUs(request)) return void response.writeHead(403).end();
    answer(request.url ?? '/', response, { readers, data: () => data });
  });
  const watch = new Watch(compiled.files, async () => {
    compiled = await compileSpec(spec, options);
    watch.follow(compiled.files);
    data = dataOf(compiled, options);
    report(compiled.diagnostics, terminal);
    terminal.say(`${readers.size === 1 ? '1 page' : `${readers.size} pages`} told that ${spec} was saved\n`);
    for (const reader of readers) reader.write('event: changed\ndata:\n\n');
  });
  try {
    await new Promise<void>((listening, failed) => {
      server.once('error', failed).listen(options.port, '127.0.0.1', () => listening());
    });
  } catch (error) {
    watch.close();
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return refuse(`cannot serve on port ${options.port}: ${reason}`, terminal);
  }
  // A server that listens on a port has an address with that port.
  const { port } = server.address() as AddressInfo;
  terminal.say(`serving http://127.0.0.1:${port}/ until interrupted\n`);
  await new Promise((closed) => server.once('close', closed));
  return exitStatus.ok;
}

/** Names under which a page on this machine asks: another site's name that leads here is not ours. */
function isForUs({ headers, method }: IncomingMessage): boolean {
  return method === 'GET' && /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '');
}

interface Served {
  readonly readers: Set<ServerResponse>;
  readonly data: () => Parameters<typeof printData>[0];
}

function answer(url: string, response: ServerResponse, { readers, data }: Served): void {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  if (url === '/') {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(printData(data(), true));
  } else if (url === '/data.json') {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(data()));
  } else if (url === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 500\n\n');
    readers.add(response);
    response.once('close', () => readers.delete(response));
  } else {
    response.writeHead(404).end();
  }
}
