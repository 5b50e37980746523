// Writes third-party.txt beside the built window: the licences of everything that ships with the app.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './paths.mjs';

export const licencesFile = 'third-party.txt';

/**
 * Vite plugins, one for the page and one for its workers: what both are bundled from is gathered, fonts included, and
 * written with the production dependencies and what those carry inside.
 */
export function licences() {
  const folders = new Set();
  const gather = (files) => {
    for (const file of files) {
      const folder = packageOf(file);
      if (folder) folders.add(folder);
    }
  };
  return {
    worker: {
      name: 'licences-of-workers',
      generateBundle() {
        gather(this.getModuleIds());
      },
    },
    page: {
      name: 'licences',
      generateBundle(_options, bundle) {
        gather(this.getModuleIds());
        for (const { originalFileNames = [] } of Object.values(bundle)) gather(originalFileNames.map((name) => inRoot('renderer', name)));
        for (const folder of productionPackages()) folders.add(folder);
        this.emitFile({ type: 'asset', fileName: licencesFile, source: textOf([...folders]) });
      },
    },
  };
}

/** The folder of the package that a module lies in; undefined for our own. */
function packageOf(id) {
  const file = id.replace(/^\0/, '').split('?')[0];
  const [, folder] = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file) ?? [];
  return folder && existsSync(path.join(folder, 'package.json')) ? path.normalize(folder) : undefined;
}

/** Every installed package that the app's own Node reads from node_modules. */
function productionPackages() {
  const found = new Set();
  const visit = (from, names) => {
    for (const name of names) {
      const folder = resolve(from, name);
      if (!folder || found.has(folder)) continue;
      found.add(folder);
      const { dependencies = {}, optionalDependencies = {} } = manifest(folder);
      visit(folder, Object.keys({ ...dependencies, ...optionalDependencies }));
    }
  };
  visit(inRoot(), Object.keys(manifest(inRoot()).dependencies));
  return found;
}

/** As Node looks for it: in the package itself, then in each folder above. */
function resolve(from, name) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return candidate;
    if (folder === path.dirname(folder)) return undefined;
  }
}

const manifest = (folder) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** What lies inside a package without a file that says so. */
const inside = [
  { title: 'llama.cpp and ggml (MIT), inside node-llama-cpp', text: () => readFileSync(inRoot('resources/licences/llama.cpp.txt'), 'utf8').trim() },
  { title: 'SQLite (public domain), inside better-sqlite3', text: () => 'The author disclaims copyright to this source code. https://sqlite.org/copyright.html' },
  { title: 'The Rust libraries inside LanceDB', text: () => 'RUST_THIRD_PARTY_LICENSES.html in the package @lancedb/lancedb, which ships with the app, lists them with their licences.' },
];

function textOf(folders) {
  const parts = new Map();
  for (const folder of folders) {
    const about = manifest(folder);
    if (about.name) parts.set(`${about.name} ${about.version ?? ''} (${about.license ?? 'see below'})`, licenceOf(folder, about));
  }
  const packages = [...parts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([title, text]) => ({ title, text: () => text }));
  const sections = [...packages, ...inside, { title: 'Apache License 2.0', text: () => readFileSync(inRoot('LICENSE'), 'utf8').trim() }];
  const head = 'What Engram ships with, and under which licences.\n';
  return [head, ...sections.map(({ title, text }) => `${'='.repeat(80)}\n${title}\n${'='.repeat(80)}\n\n${text()}\n`)].join('\n');
}

/** All files of the package that state terms; where it has none, what its manifest says. */
function licenceOf(folder, { license, author, homepage }) {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice)/i.test(entry.name) && !/^license_header/i.test(entry.name));
  if (files.length > 0) return files.map(({ name }) => readFileSync(path.join(folder, name), 'utf8').trim()).join('\n\n');
  const by = typeof author === 'string' ? author : author?.name;
  const said = [`The package carries no text of its licence (${license ?? 'none named'}).`, by && `By ${by}.`, homepage];
  return said.filter(Boolean).join(' ');
}
