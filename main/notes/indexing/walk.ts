/** Goes through a folder, or parts of it, and tells which files of notes lie there. A folder that is linked to is followed once. */
import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, opendir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { NoteFile } from '../../store/notes.ts';
import { standIn } from '../digested.ts';
import { holdsText, kindByName } from './kinds.ts';
import { ownFile, ruleFiles, type Rules } from './leaveOut.ts';

export type WalkOptions = {
  /** Absolute. */
  root: string;
  /** Paths below it, none within another; '' is all of it. */
  from: readonly string[];
  rules: Rules;
  signal: AbortSignal;
  /** Called before a folder is listed, so that nothing that happens afterwards is missed. `place`: where it lies. */
  entered?(folder: string, place: string, isLinked: boolean): void;
};

/** What is known once all files have been told. */
export type Walked = {
  /** What lies at or below these could not be seen: nothing can be said of it. */
  unseen: string[];
  /** Every folder that was listed, with the file system it is on. */
  folders: Map<string, string>;
  /** Something of it lies behind a link: only a walk through everything tells what is to be followed. */
  behindLink: boolean;
};

export const nothingWalked = (): Walked => ({ unseen: [], folders: new Map(), behindLink: false });

/** A few files at a time. Fails where the root itself cannot be listed. */
export const walk = (options: WalkOptions, walked: Walked): AsyncGenerator<NoteFile[]> => new Walk(options, walked).files();

/** Looked at together. */
const atOnce = 64;

type Folder = { path: string; rules: Rules; isLinked?: boolean };

class Walk {
  readonly #options: WalkOptions;
  readonly #walked: Walked;
  readonly #todo: Folder[] = [];
  /** Followed after all that really lies here: what can be reached without a link is told under its own path. */
  #links: Folder[] = [];
  /** Folders that were listed, however they were reached. */
  readonly #listed = new Set<string>();
  readonly #rules = new Map<string, Rules>();
  #root = '';

  constructor(options: WalkOptions, walked: Walked) {
    this.#options = options;
    this.#walked = walked;
  }

  async *files(): AsyncGenerator<NoteFile[]> {
    this.#root = await realpath(this.#options.root);
    for (const from of this.#options.from) {
      const rules = from === '' ? this.#options.rules : await this.#rulesAbove(from);
      if (from === '' && rules) this.#todo.push({ path: from, rules });
      else if (rules) yield* this.#begin({ path: from, rules });
      for (let folder = await this.#next(); folder; folder = await this.#next()) yield* this.#folder(folder);
    }
  }

  async #next(): Promise<Folder | undefined> {
    this.#options.signal.throwIfAborted();
    const folder = this.#todo.pop();
    if (folder) return folder;
    const links = this.#links.toSorted((one, other) => (one.path < other.path ? -1 : 1));
    this.#links = [];
    for (const link of links) if (await this.#leadsOut(link)) this.#todo.unshift(link);
    return this.#todo.pop();
  }

  /** The rules that hold at this path; null where it is left out, or lies behind a link. */
  async #rulesAbove(from: string): Promise<Rules | null> {
    const names = from.split('/');
    let { rules } = this.#options;
    for (let depth = 0; depth < names.length; depth += 1) {
      const above = names.slice(0, depth).join('/');
      if (depth > 0 && (await this.#isBarred(above, rules))) return null;
      rules = await this.#rulesWithin(above, rules, ruleFiles);
    }
    return (await this.#isOwn(path.posix.dirname(from))) ? null : rules;
  }

  async #isBarred(folder: string, rules: Rules): Promise<boolean> {
    if (rules.leavesOut(folder, true)) return true;
    const info = await lstat(this.#place(folder)).catch(() => null);
    if (info?.isSymbolicLink()) this.#walked.behindLink = true;
    return !info?.isDirectory();
  }

  async #isOwn(folder: string): Promise<boolean> {
    return (await lstat(path.join(this.#place(folder), ownFile)).catch(() => null)) !== null;
  }

  /** One path by itself: a file, or a folder with all that lies in it. */
  async *#begin({ path: from, rules }: Folder): AsyncGenerator<NoteFile[]> {
    const info = await this.#info(from);
    if (!info) return;
    if (info.isSymbolicLink()) this.#walked.behindLink = true;
    else if (rules.leavesOut(from, info.isDirectory())) return;
    else if (info.isDirectory()) this.#todo.push({ path: from, rules });
    else if (info.isFile() && (await this.#isNote(from))) yield [fileOf(from, info)];
  }

  async *#folder({ path: folder, rules: above, isLinked = false }: Folder): AsyncGenerator<NoteFile[]> {
    const entries = await this.#list(folder, isLinked);
    if (!entries || entries.some(({ name }) => name === ownFile)) return;
    const rules = await this.#rulesWithin(folder, above, ruleFiles.filter((name) => entries.some((entry) => entry.name === name)));
    const { names, links } = this.#sorted(entries, folder, rules);
    for (let from = 0; from < names.length; from += atOnce) {
      this.#options.signal.throwIfAborted();
      const files = await Promise.all(names.slice(from, from + atOnce).map((at) => this.#file(at)));
      yield files.filter((file) => file !== null);
    }
    const linked = await Promise.all(links.map((at) => this.#link(at, rules)));
    yield linked.filter((file) => file !== null);
  }

  #sorted(entries: readonly Dirent[], folder: string, rules: Rules): { names: string[]; links: string[] } {
    const [names, links]: [string[], string[]] = [[], []];
    for (const entry of entries) {
      const at = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) links.push(at);
      else if (rules.leavesOut(at, entry.isDirectory())) continue;
      else if (entry.isDirectory()) this.#todo.push({ path: at, rules });
      else if (entry.isFile() && kindByName(entry.name) !== 'none') names.push(at);
    }
    return { names, links };
  }

  /** Null where it cannot be listed, or was. */
  async #list(folder: string, isLinked: boolean): Promise<Dirent[] | null> {
    const place = this.#place(folder);
    try {
      const info = await stat(place, { bigint: true });
      const identity = `${info.dev} ${info.ino}`;
      if (this.#listed.has(identity) && info.ino !== 0n) return null;
      this.#listed.add(identity);
      this.#options.entered?.(folder, place, isLinked);
      const entries: Dirent[] = [];
      for await (const entry of await opendir(place, { bufferSize: 256 })) entries.push(entry);
      this.#walked.folders.set(folder, String(info.dev));
      return entries;
    } catch (error) {
      if (folder === '') throw error;
      if (!hasGone(error)) this.#walked.unseen.push(folder);
      return null;
    }
  }

  async #rulesWithin(folder: string, above: Rules, names: readonly string[]): Promise<Rules> {
    const known = this.#rules.get(folder);
    if (known) return known;
    const texts = await Promise.all(names.map((name) => readFile(path.join(this.#place(folder), name), 'utf8').catch(() => '')));
    const lines = texts.filter((text) => text !== '').join('\n');
    const rules = lines === '' ? above : above.within(folder, lines);
    this.#rules.set(folder, rules);
    return rules;
  }

  async #file(at: string): Promise<NoteFile | null> {
    const info = await this.#info(at);
    return info?.isFile() && (await this.#isNote(at)) ? fileOf(at, info) : null;
  }

  async #isNote(at: string): Promise<boolean> {
    const kind = kindByName(path.posix.basename(at));
    return kind === 'note' || (kind === 'unsure' && (await holdsText(this.#place(at))));
  }

  /** A linked file is a note of its own, unless the real one lies here, too. One that leads nowhere is told, so that it can be said. */
  async #link(at: string, rules: Rules): Promise<NoteFile | null> {
    const target = await stat(this.#place(at), { bigint: true }).catch(() => null);
    if (target?.isDirectory()) {
      if (!rules.leavesOut(at, true)) this.#links.push({ path: at, rules, isLinked: true });
      return null;
    }
    if (rules.leavesOut(at, false)) return null;
    if (!target) return this.#brokenLink(at);
    const isElsewhere = target.isFile() && !isWithin(await this.#real(at), this.#root);
    return isElsewhere && (await this.#isNote(at)) ? fileOf(at, target) : null;
  }

  async #brokenLink(at: string): Promise<NoteFile | null> {
    // It may have led to a folder of a drive that is not there now.
    this.#walked.unseen.push(at);
    const info = kindByName(path.posix.basename(at)) === 'note' ? await this.#info(at) : null;
    return info && fileOf(at, info);
  }

  /** Into what lies neither here nor around it: anything else leads in a circle, or to what is found anyway. */
  async #leadsOut({ path: at }: Folder): Promise<boolean> {
    const real = await this.#real(at);
    return real !== '' && !isWithin(real, this.#root) && !isWithin(this.#root, real);
  }

  #real(at: string): Promise<string> {
    return realpath(this.#place(at)).catch(() => '');
  }

  async #info(at: string): Promise<BigIntStats | null> {
    try {
      return await lstat(this.#place(at), { bigint: true });
    } catch (error) {
      if (!hasGone(error)) this.#walked.unseen.push(at);
      return null;
    }
  }

  #place(at: string): string {
    return path.join(this.#options.root, at);
  }
}

export function fileOf(at: string, info: BigIntStats): NoteFile {
  return { path: at, ...standIn(info) };
}

/** Not merely out of reach. */
const hasGone = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

const isWithin = (inner: string, outer: string): boolean => {
  const between = path.relative(outer, inner);
  return between === '' || (!between.startsWith(`..${path.sep}`) && between !== '..' && !path.isAbsolute(between));
};
