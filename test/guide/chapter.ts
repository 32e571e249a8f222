import { readFileSync } from 'node:fs';

/** A piece of a chapter that the tests hold to what the compiler does. */
export type Piece =
  /** A spec or a library of blocks, in YAML or JSON; `reported`: the compiler has something to say of it. */
  | { readonly kind: 'file'; readonly path: string; readonly text: string; readonly reported: boolean }
  /** A line `$ inception-cli …`, below which stands what it prints. */
  | { readonly kind: 'command'; readonly line: string; readonly args: readonly string[] };

const fenced = /^```([^\n]*)\n(.*?)^```$/gms;

/** The pieces of a page, in order. A fenced block of any other kind is a mistake: nothing would hold it to be right. */
export function piecesOf(page: string): readonly Piece[] {
  return [...page.matchAll(fenced)].flatMap(([, info = '', text = '']) => blockPieces(info, text));
}

/** The page with what its commands really print; `use` is given each piece in order, and runs the commands. */
export function reprinted(page: string, use: (piece: Piece) => string): string {
  return page.replaceAll(fenced, (block, info: string, text: string) => {
    const pieces = blockPieces(info, text);
    const printed = pieces.map((p) => (p.kind === 'command' ? `${p.line}\n${use(p)}\n` : use(p))).join('');
    return info === 'console' ? `\`\`\`console\n${printed}\`\`\`` : block;
  });
}

function blockPieces(info: string, text: string): readonly Piece[] {
  if (info === 'console') return commandsOf(text);
  if (/^(yaml|json)( reported)?$/.test(info)) return [fileOf(info, text)];
  throw new Error(`a block of the guide is \`${info}\`: it must be yaml, json or console`);
}

/** A file is called as its first line says, `# blocks/lib.yaml`, else by the name in it. */
function fileOf(info: string, text: string): Piece {
  const [format = ''] = info.split(' ');
  const said = /^# (\S+\.yaml)\n/.exec(text)?.[1];
  const name = /^(?:name:| *"name":) "?([\w.-]+)"?/m.exec(text)?.[1];
  if (said === undefined && name === undefined) throw new Error(`a file of the guide has no name:\n${text}`);
  return { kind: 'file', path: said ?? `${name}.${format}`, text, reported: info.endsWith(' reported') };
}

/** The lines `$ inception-cli …`. */
function commandsOf(text: string): readonly Piece[] {
  return (text.match(/^\$ .*$/gm) ?? []).map((line) => {
    const [, program, ...args] = line.match(/'[^']*'|\S+/g) ?? [];
    if (program !== 'inception-cli') throw new Error(`the guide calls \`${program}\``);
    return { kind: 'command', line, args: args.map((a) => a.replace(/^'(.*)'$/, '$1')) };
  });
}

/** The chapters in the order in which the index names them, each with its page. */
export function chaptersOf(folder: string): readonly { readonly file: string; readonly page: string }[] {
  const index = readFileSync(`${folder}/README.md`, 'utf8');
  return [...index.matchAll(/^\d+\. \[[^\]]+\]\((\d\d-[\w-]+\.md)\)/gm)].map(([, file = '']) => ({
    file,
    page: readFileSync(`${folder}/${file}`, 'utf8'),
  }));
}
