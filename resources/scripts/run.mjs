// npm run check, bench, engram, package, screenshots: installs and builds what that needs, then runs it on the app's own Node.
import { ensureInstalled } from './install.mjs';
import { inRoot } from './paths.mjs';
import { giveUp, run } from './spawn.mjs';
import { ensureBuilt } from './targets.mjs';

const script = (name) => inRoot('resources/scripts', name);
const tool = (...parts) => inRoot('node_modules', ...parts);

/** What each command builds first, and the programs it runs in order until one fails. */
const commands = {
  check: { builds: [], programs: (given) => checks(given).map(({ program }) => program) },
  bench: { builds: ['main', 'renderer'], programs: (given) => [[inRoot('bench/index.ts'), ...given]] },
  engram: { builds: ['main', 'renderer'], programs: (given) => [[inRoot('dist/main/cli.js'), ...given]] },
  package: { builds: ['main', 'renderer', 'electron'], programs: (given) => [[script('package.mjs'), ...given]] },
  screenshots: { builds: ['main', 'renderer'], programs: () => [[script('screenshots.mjs')]] },
};

/** The checks that need no run of the app. `--draw` redraws the README's map. */
export function checks(given = []) {
  return [
    { name: 'type check', program: [tool('typescript/bin/tsc'), '-b'] },
    { name: 'lint', program: [tool('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
    { name: 'floors', program: [script('floors.mjs'), ...given] },
  ];
}

if (process.argv[1] === script('run.mjs')) {
  const [name = '', ...given] = process.argv.slice(2);
  const command = commands[name] ?? giveUp(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`, 2);
  const node = await ensureInstalled();
  await ensureBuilt(node, command.builds);
  for (const program of command.programs(given)) {
    const code = await run(node, ['--disable-warning=ExperimentalWarning', ...program], { env: { ...process.env, LANCEDB_LOG: 'error' } });
    if (code !== 0) process.exit(code);
  }
}
