import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of files in memory. */
export interface FileServer {
  /** `http://localhost:<port>`. */
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  json: 'application/json',
  bin: 'application/octet-stream',
  js: 'text/javascript',
  html: 'text/html',
};

/** Serves files by their paths (`a/model.json`) on a free port; what is not among them is not found. */
export async function serveFiles(files: ReadonlyMap<string, Uint8Array>): Promise<FileServer> {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    const path = decodeURIComponent(url.slice(1));
    const content = files.get(path);
    asked.push(path);
    if (content === undefined) response.writeHead(404).end();
    else response.setHeader('content-type', types[path.split('.').at(-1) ?? ''] ?? '').end(content);
  });
  await new Promise<void>((listening) => server.listen(0, () => listening()));
  // A server on a port has an address with that port.
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    });
  return { url: `http://localhost:${port}`, asked, close };
}
