import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** Milliseconds of quiet after which a file is taken as saved: editors write in several steps. */
const quiet = 60;

/**
 * Tells when one of some files was saved. Folders are watched, not files: many editors write a new file and give it the
 * old one's name, and a watch of the old one would hear nothing more.
 */
export class Watch {
  readonly #saved: () => Promise<void>;
  readonly #folders = new Map<string, FSWatcher>();
  #files: ReadonlySet<string> = new Set();
  #texts = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #busy = false;

  constructor(files: readonly string[], saved: () => Promise<void>) {
    this.#saved = saved;
    this.follow(files);
  }

  /** Watches these files from now on. */
  follow(files: readonly string[]): void {
    this.#files = new Set(files.map((file) => resolve(file)));
    // A text that changed since it was compiled must be seen as changed: what was known of it stays.
    this.#texts = new Map([...this.#files].map((file) => [file, this.#texts.get(file) ?? textOf(file)]));
    const folders = new Set([...this.#files].map((file) => dirname(file)));
    for (const [folder, watcher] of this.#folders) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#folders.delete(folder);
    }
    for (const folder of folders) if (!this.#folders.has(folder)) this.#watch(folder);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#folders.values()) watcher.close();
    this.#folders.clear();
  }

  #watch(folder: string): void {
    try {
      const names = () => new Set([...this.#files].map((file) => basename(file)));
      const watcher = watch(folder, (_, name) => {
        if (name === null || names().has(name)) this.#wait();
      });
      // A folder that is removed is not watched any more; what was shown stays.
      watcher.on('error', () => this.#folders.delete(folder));
      this.#folders.set(folder, watcher);
    } catch {
      // An import of a folder that is not there: the spec is watched, and names it anew when it is saved.
    }
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), quiet);
  }

  /** Says that something was saved, unless every text is as it was. */
  async #look(): Promise<void> {
    if (this.#busy) {
      this.#wait();
      return;
    }
    const texts = new Map([...this.#files].map((file) => [file, textOf(file)]));
    if ([...texts].every(([file, text]) => text === this.#texts.get(file))) return;
    this.#texts = texts;
    this.#busy = true;
    try {
      await this.#saved();
    } finally {
      this.#busy = false;
    }
  }
}

/** Its text; nothing where it cannot be read, as between two steps of an editor. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
