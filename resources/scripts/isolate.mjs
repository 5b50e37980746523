import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A network of our own, and mounts of our own where they can be had: tests that fill a disk bring a small one. */
const ways = ['-rnm', '-rn'];
const way = process.platform === 'linux' ? ways.find((flags) => spawnSync('unshare', [flags, 'true']).status === 0) : undefined;

/** Whether this machine lets us have a network of loopback alone, so that nothing can leave. */
export const canIsolate = () => way !== undefined;

/** The command line that runs a program there. */
export const isolated = (command, parameters) => ['unshare', [way, command, ...parameters]];

/** A fresh network begins with its loopback down. Debian always has Perl; the others are tried first. */
const liftLoopback = [
  ['ip', ['link', 'set', 'lo', 'up']],
  ['ifconfig', ['lo', 'up']],
  ['perl', ['-e', 'use Socket; socket(S, AF_INET, SOCK_DGRAM, 0) && ioctl(S, 0x8914, pack("a16 s x14", "lo", 0x49)) or exit 1']],
];

/** Puts loopback up and sees that there is nothing else. Fails when it cannot. */
export function enterIsolation() {
  if (!liftLoopback.some(([command, parameters]) => spawnSync(command, parameters).status === 0)) throw new Error('Loopback could not be put up.');
  const others = readFileSync('/proc/net/dev', 'utf8').split('\n').slice(2).map((line) => line.split(':')[0].trim()).filter((name) => name && name !== 'lo');
  if (others.length > 0) throw new Error(`This network has more than loopback: ${others.join(', ')}.`);
}

/** How many packets were meant for somewhere outside since the network began: the kernel counts what found no route. */
export function attemptsToLeave() {
  const { OutNoRoutes } = table('/proc/net/snmp', 'Ip:');
  const six = readFileSync('/proc/net/snmp6', 'utf8').match(/^Ip6OutNoRoutes\s+(\d+)/m);
  return Number(OutNoRoutes) + Number(six?.[1] ?? 0);
}

function table(file, label) {
  const [names, values] = readFileSync(file, 'utf8').split('\n').filter((line) => line.startsWith(label)).map((line) => line.split(/\s+/).slice(1));
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}
