// npm start: installs and builds what is missing, then opens Engram's window.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { findChromium, hasDisplay, openWindow } from './browser.mjs';
import { findElectron } from './electron.mjs';
import { ensureInstalled } from './install.mjs';
import { inRoot, root } from './paths.mjs';
import { giveUp, passSignals } from './spawn.mjs';
import { ensureBuilt } from './targets.mjs';

const help = `npm start [-- options]

  --data <folder>  keep everything in this folder (default: the usual place for your system)
  --port <number>  let the loopback host listen on this port of 127.0.0.1 (default: a free one)
  --restore <name> begin from this back-up, or from nothing with "none", when the database is damaged
  --no-open        print the address and open nothing
  --help           this

ENGRAM_HOST=electron in the environment tries Electron even where it is unlikely to work; =loopback does without.`;

const options = readOptions();
const node = await ensureInstalled();
process.exit(await start());

/** Resolves to the exit code once Engram has been closed. */
async function start() {
  if (await wantsElectron()) {
    const electron = await findElectron({ insist: process.env.ENGRAM_HOST === 'electron' });
    const why = electron.program ? await openElectron(electron.program) : electron.why;
    if (typeof why === 'number') return why;
    process.stdout.write(`${why} Opening the same window from the loopback host.\n`);
  }
  await ensureBuilt(node, ['main', 'renderer']);
  return openLoopback();
}

async function wantsElectron() {
  if (process.env.ENGRAM_HOST === 'loopback') return false;
  return process.env.ENGRAM_HOST === 'electron' || (!options['no-open'] && options.port === undefined);
}

/** Resolves to the exit code, or to a sentence when it ended before it showed a window. */
async function openElectron(program) {
  await ensureBuilt(node, ['renderer', 'electron', 'main']);
  return new Promise((resolve) => {
    const child = spawn(program, [root, ...forHost()], { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    const release = passSignals(child);
    let shown = false;
    child.on('message', (message) => {
      shown ||= message.type === 'window' || message.type === 'elsewhere';
    });
    child.on('error', (error) => finish(`Electron did not start (${error.message}).`));
    child.on('exit', (code, signal) => finish(shown ? (code ?? 1) : `Electron ended before it showed a window (${signal ?? `code ${code}`}).`));

    function finish(result) {
      release();
      resolve(result);
    }
  });
}

function openLoopback() {
  return new Promise((resolve) => {
    const child = spawn(node, ['--enable-source-maps', inRoot('dist/main/serve.js'), ...forHost()], {
      cwd: root,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      // What was compiled at the last start is not compiled again.
      env: { ...process.env, NODE_COMPILE_CACHE: inRoot('node_modules', '.engram-compiled') },
    });
    const release = passSignals(child);
    let shown = Promise.resolve();
    child.on('message', (message) => {
      if (message.type === 'address') shown = show(message);
    });
    child.on('exit', (code) => {
      release();
      void shown.then(() => resolve(code ?? 1));
    });
  });
}

/** `url` carries a code that works once and not for long; the page exchanges it. */
async function show({ url, first }) {
  if (!first) process.stdout.write('Engram is running on this data folder already: this opens its window again.\n');
  const opened = !options['no-open'] && (await openWindow(url));
  if (opened) process.stdout.write(`Engram is open${findChromium() ? '' : ' in your browser'}. Ctrl-C here closes it.\n`);
  else process.stdout.write(`${whyNotOpened()}Open this address on this machine; it works once (npm start again gives another):\n\n  ${url}\n\n`);
}

function whyNotOpened() {
  if (options['no-open']) return '';
  return hasDisplay() ? 'No browser could be started. ' : 'There is no display here. ';
}

function forHost() {
  return ['data', 'port', 'restore'].flatMap((name) => (options[name] === undefined ? [] : [`--${name}`, options[name]]));
}

function readOptions() {
  const string = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  try {
    const { values } = parseArgs({ options: { data: string, port: string, restore: string, 'no-open': flag, help: flag } });
    if (values.help) {
      process.stdout.write(`${help}\n`);
      process.exit(0);
    }
    return values;
  } catch (error) {
    return giveUp(`${error.message}\n\n${help}`, 2);
  }
}
