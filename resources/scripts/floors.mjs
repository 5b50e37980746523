// Refuses imports that point the wrong way, and keeps the README's map drawn from what is really imported.
import { readFileSync, writeFileSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import configuration, { floors } from '../../.dependency-cruiser.mjs';
import { inRoot } from './paths.mjs';

const folders = ['main', 'renderer', 'electron', 'bench', 'e2e'];
const begin = '<!-- map:start -->';
const end = '<!-- map:end -->';

/** Every breach as `{ rule, from, to }`, with the modules read. A check that reads nothing must not pass. */
export async function readFloors(folder) {
  const { forbidden, options } = configuration;
  const { output } = await cruise(folders, { ...options, baseDir: folder, ruleSet: { forbidden }, validate: true });
  const modules = output.modules.filter(({ source }) => folders.some((name) => source.startsWith(`${name}/`)));
  if (modules.length === 0) throw new Error('The floors check read no modules: it says nothing.');
  const breaches = output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  return { modules, breaches };
}

/** The map as Mermaid: who imports whom, from the hosts down. An arrow that follows from others is left out. */
export function drawMap(modules) {
  const imports = new Map();
  for (const { source, dependencies } of modules) {
    const from = placeOf(source);
    if (!from || /\.test\.tsx?$|\/fixtures\//.test(source)) continue;
    if (!imports.has(from)) imports.set(from, new Set());
    for (const to of dependencies.map(({ resolved }) => placeOf(resolved))) if (to && to !== from) imports.get(from).add(to);
  }
  const places = ['renderer', 'electron', ...[...floors].reverse().flat()].filter((place) => imports.has(place));
  const arrows = places.map((from) => ({ from, to: places.filter((to) => imports.get(from).has(to) && !leadsRound(imports, from, to)) }));
  const lines = arrows.filter(({ to }) => to.length > 0).map(({ from, to }) => `  ${from} --> ${to.join(' & ')}`);
  return ['```mermaid', 'flowchart TD', ...lines, '```'].join('\n');
}

/** Whether `from` reaches `to` through something else it imports. */
function leadsRound(imports, from, to) {
  const seen = new Set();
  const reaches = (place) => {
    if (place === to) return true;
    if (seen.has(place)) return false;
    seen.add(place);
    return [...(imports.get(place) ?? [])].some(reaches);
  };
  return [...imports.get(from)].some((next) => next !== to && reaches(next));
}

/** main/store/… and main/store.ts are both `store`; the shell and the window are one place each. */
function placeOf(file) {
  const [top, next = ''] = file.split('/');
  if (top === 'renderer' || top === 'electron') return top;
  const name = next.replace(/\.ts$/, '');
  return top === 'main' && floors.flat().includes(name) ? name : undefined;
}

/** Whether the README shows this map; with `draw`, after making it so. */
export function mapIsCurrent(modules, draw) {
  const file = inRoot('README.md');
  const readme = readFileSync(file, 'utf8');
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) return false;
  const wanted = `${readme.slice(0, from)}${begin}\n${drawMap(modules)}\n${readme.slice(to)}`;
  if (draw && wanted !== readme) writeFileSync(file, wanted);
  return draw || wanted === readme;
}

if (process.argv[1] === inRoot('resources/scripts/floors.mjs')) {
  const { modules, breaches } = await readFloors(inRoot());
  for (const { rule, from, to } of breaches) process.stdout.write(`${rule}: ${from} → ${to}\n`);
  const current = mapIsCurrent(modules, process.argv.includes('--draw'));
  if (!current) process.stdout.write("The README's map is not what is imported: npm run check -- --draw\n");
  process.stdout.write(`${modules.length} modules read, ${breaches.length} breaches\n`);
  process.exitCode = breaches.length === 0 && current ? 0 : 1;
}
