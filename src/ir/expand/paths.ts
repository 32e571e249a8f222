/** Paths of imports, with forward slashes, as pure text: no file system is asked. */

/** The folder of a file; empty for a file without one. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '';
  return slash === 0 ? '/' : path.slice(0, slash);
}

/** `path` relative to `folder`, `.` and `..` worked out. Leading `..` stay where they lead above the start. */
export function joinPath(folder: string, path: string): string {
  const absolute = path.startsWith('/') || /^[A-Za-z]:/.test(path);
  return normalise(absolute || folder === '' ? path : `${folder}/${path}`);
}

function normalise(path: string): string {
  const rooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !rooted) parts.push(part);
  }
  return `${rooted ? '/' : ''}${parts.join('/')}`;
}

/** Whether a file lies in the folder or deeper. The folder '' is where the compiler stands. */
export function isBelow(path: string, folder: string): boolean {
  const root = normalise(folder);
  const file = normalise(path);
  if (root === '')
    return !file.startsWith('/') && !/^[A-Za-z]:/.test(file) && file !== '..' && !file.startsWith('../');
  if (root === '/') return file.startsWith('/');
  return file.startsWith(`${root}/`);
}
