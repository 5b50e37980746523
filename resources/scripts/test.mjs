// npm test: installs, builds, then runs every check and every test, in a network of its own where that can be had.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { attemptsToLeave, canIsolate, enterIsolation, isolated } from './isolate.mjs';
import { inRoot } from './paths.mjs';
import { checks } from './run.mjs';
import { giveUp, run } from './spawn.mjs';
import { ensureBuilt } from './targets.mjs';

const tool = (...parts) => inRoot('node_modules', ...parts);
const vitest = (project) => (report) => [tool('vitest/vitest.mjs'), 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const playwright = (project) => () => [tool('@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts', '--project', project];

/** In order: what is cheap and says most comes first, the checks together. `report` names the file a runner writes its counts to. */
const steps = [
  ...checks().map(({ name, program }) => ({ name, program: () => program, isCheck: true })),
  { name: 'breaches', program: vitest('tools') },
  { name: 'unit', program: vitest('unit') },
  { name: 'whole', program: vitest('whole') },
  { name: 'shell', program: playwright('shell'), browser: true },
  { name: 'journeys', program: playwright('journeys'), browser: true },
  { name: 'packaging', program: vitest('packaging') },
];

const inside = '--inside';
const given = process.argv.slice(2);
const chosen = given.filter((name) => name !== inside);
const unknown = chosen.find((name) => !steps.some((step) => step.name === name));
if (unknown) giveUp(`There is no step "${unknown}". There are: ${steps.map(({ name }) => `"${name}"`).join(', ')}.`, 2);

const node = await ensureInstalled();
process.exit(given.includes(inside) ? await runInside() : await runOutside());

async function runOutside() {
  await ensureBuilt(node, ['main', 'renderer', 'electron']);
  if (!canIsolate()) return runSteps(false);
  const [command, parameters] = isolated(node, [inRoot('resources/scripts/test.mjs'), inside, ...chosen]);
  return run(command, parameters);
}

async function runInside() {
  enterIsolation();
  return runSteps(true);
}

async function runSteps(alone) {
  const wanted = steps.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  // Each keeps one core busy.
  const results = await Promise.all(wanted.filter(({ isCheck }) => isCheck).map((step) => runStep(step, alone)));
  for (const step of wanted.filter(({ isCheck }) => !isCheck)) results.push(await runStep(step, alone));
  return summarise(results, alone);
}

async function runStep(step, alone) {
  if (step.browser && !findChromium() && process.env.CI !== 'true') return { ...step, passed: 0, failed: 0, skipped: 1, seconds: 0, note: 'no browser was found (chromium or google-chrome on the path)' };
  const started = performance.now();
  const before = alone ? attemptsToLeave() : 0;
  const folder = mkdtempSync(path.join(tmpdir(), 'engram-test-'));
  const report = path.join(folder, 'report.json');
  const environment = { ...process.env, LANCEDB_LOG: 'error', PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const heading = `\n── ${step.name} ──\n`;
  const heard = [];
  if (!step.isCheck) process.stdout.write(heading);
  const code = await run(node, ['--disable-warning=ExperimentalWarning', ...step.program(report)], { env: environment, ...(step.isCheck && { hear: (text) => heard.push(text) }) });
  if (step.isCheck) process.stdout.write(`${heading}${heard.join('')}`);
  const counts = count(report, code);
  rmSync(folder, { recursive: true });
  const attempts = alone ? attemptsToLeave() - before : 0;
  return { ...step, ...counts, seconds: (performance.now() - started) / 1000, ...leaving(step, attempts, counts) };
}

/** A browser asks after the outside by itself and finds nothing; our own programs must not even ask. */
function leaving(step, attempts, counts) {
  if (attempts === 0) return {};
  if (step.browser) return { note: `the browser itself tried ${attempts} times to leave and could not` };
  return { failed: counts.failed + 1, note: `${attempts} attempts to leave the machine` };
}

/** Tests passed, failed and skipped from a runner's report; a check without one counts as a single test. */
function count(report, code) {
  if (!existsSync(report)) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const told = JSON.parse(readFileSync(report, 'utf8'));
  const counts = told.stats
    ? { passed: told.stats.expected + told.stats.flaky, failed: told.stats.unexpected, skipped: told.stats.skipped }
    : { passed: told.numPassedTests, failed: told.numFailedTests, skipped: told.numPendingTests + told.numTodoTests };
  // A runner that failed without a failed test (a file that does not load) has failed all the same; so has one that ran nothing.
  const silent = (code !== 0 && counts.failed === 0) || counts.passed + counts.failed + counts.skipped === 0;
  return { ...counts, failed: counts.failed + (silent ? 1 : 0) };
}

function summarise(results, alone) {
  process.stdout.write('\n── summary ──\n');
  for (const { name, passed, failed, skipped, seconds, note } of results) {
    const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped`;
    process.stdout.write(`${name.padEnd(12)}${counts} ${seconds.toFixed(1).padStart(7)} s${note ? `  ${note}` : ''}\n`);
  }
  process.stdout.write(`No socket leaves this machine: ${alone ? 'asserted (the whole run had a network of loopback alone)' : 'not asserted (no network of its own could be had here)'}\n`);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const skipped = sum('skipped');
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  return sum('failed') === 0 ? 0 : 1;
}
