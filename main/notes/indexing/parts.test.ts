/** The parts that decide: how fast it goes, when it waits, what is due. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder } from '../fixtures/folder.ts';
import { createAgenda } from './agenda.ts';
import { outermost } from './compare.ts';
import { createCourtesy } from '../courtesy.ts';
import { kindByName } from './kinds.ts';
import { onBatteryIn, thisMachine } from '../machine.ts';
import { createPace } from './pace.ts';

describe('the pace', () => {
  it('is of the last seconds that are whole, and unknown before', () => {
    let now = 10_000;
    const pace = createPace(() => now);
    for (const count of [5, 100, 200, 300]) {
      pace.did(count);
      now += 1_000;
    }
    expect(pace.perSecond()).toBe(200);
    for (let second = 0; second < 20; second += 1) {
      pace.did(40);
      now += 1_000;
    }
    expect(pace.perSecond()).toBe(40);
    pace.restart();
    expect(pace.perSecond()).toBeNull();
  });
});

describe('courtesy', () => {
  const machine = { battery: false, busy: 0, onBattery: () => Promise.resolve(machine.battery), takenByOthers: () => Promise.resolve(machine.busy) };

  it('waits on a battery and on a busy machine, not for few, and not for ever', async () => {
    let now = 0;
    const courtesy = createCourtesy(machine, 'Many notes are read', () => now);
    const asked = async (waiting: number) => {
      now += 11_000;
      return [await courtesy.mayReadAll(() => waiting), courtesy.why()?.slice(0, 24) ?? null];
    };
    expect(await asked(5_000)).toEqual([true, null]);
    machine.battery = true;
    expect(await asked(5_000)).toEqual([false, 'The machine runs on its ']);
    expect(await asked(20)).toEqual([true, null]);
    [machine.battery, machine.busy] = [false, 0.9];
    expect(await asked(5_000)).toEqual([false, 'The machine is busy. Man']);
    now += 200_000;
    expect(await asked(5_000)).toEqual([true, null]);
    machine.battery = true;
    courtesy.insist();
    expect(await asked(5_000)).toEqual([true, null]);
    courtesy.done();
    expect(await asked(5_000)).toEqual([false, 'The machine runs on its ']);
  });

  it('knows a battery that is drawn upon from one that is charged, and from a mouse', async () => {
    const supplies = (all: Record<string, Record<string, string>>) => {
      const folder = emptyFolder();
      for (const [supply, facts] of Object.entries(all)) {
        mkdirSync(path.join(folder, supply));
        for (const [name, text] of Object.entries(facts)) writeFileSync(path.join(folder, supply, name), `${text}\n`);
      }
      return onBatteryIn(folder);
    };
    const battery = { type: 'Battery', status: 'Discharging' };
    expect(await supplies({})).toBe(false);
    expect(await supplies({ AC: { type: 'Mains', online: '0' }, BAT0: battery })).toBe(true);
    expect(await supplies({ AC: { type: 'Mains', online: '1' }, BAT0: battery })).toBe(false);
    expect(await supplies({ BAT0: { type: 'Battery', status: 'Charging' } })).toBe(false);
    expect(await supplies({ hidpp_battery_0: { ...battery, scope: 'Device' } })).toBe(false);
    expect(await thisMachine().onBattery()).toEqual(expect.any(Boolean));
    expect(await thisMachine().takenByOthers()).toBeGreaterThanOrEqual(0);
  });
});

describe('the agenda', () => {
  it('hands out what is due, what lies in another once, and all of a folder where it was told of very much', () => {
    let now = 0;
    const agenda = createAgenda(() => now);
    expect([agenda.next(), agenda.isEmpty(1_000)]).toEqual([null, true]);
    agenda.tell('f', 'a/b.md');
    agenda.tell('f', 'a');
    agenda.tell('f', 'ab');
    agenda.tellLater('f', 'late.md', 500);
    expect(agenda.due()).toEqual([{ folderId: 'f', paths: ['a', 'ab'], told: true }]);
    expect([agenda.due(), agenda.next(), agenda.isEmpty(400), agenda.isEmpty(500)]).toEqual([[], 500, true, false]);
    now = 500;
    expect(agenda.due()).toEqual([{ folderId: 'f', paths: ['late.md'], told: true }]);
    for (let n = 0; n < 2_500; n += 1) agenda.tell('f', `${n}.md`);
    agenda.all('g');
    expect(agenda.due()).toEqual([{ folderId: 'f', paths: [''], told: false }, { folderId: 'g', paths: [''], told: false }]);
    agenda.allLater('g', 10);
    agenda.drop('g');
    expect(agenda.next()).toBeNull();
  });

  // Bug: "a b.md" sorts between "a" and "a/b.md", and what lies in "a" is looked at twice.
  it('sees what lies in another also where a name sorts in between', () => {
    expect(outermost(['a/b.md', 'a', 'a b.md', 'a-c/d', 'a/b'])).toEqual(['a', 'a b.md', 'a-c/d']);
  });
});

it('names tell notes from pictures and programs, and leave some to be looked into', () => {
  expect(['a.md', 'A.PDF', 'b.docx', 'old.doc', 'x.ts'].map(kindByName)).toEqual(Array.from({ length: 5 }, () => 'note'));
  expect(['a.jpg', 'b.MP4', 'c.zip', 'd.exe'].map(kindByName)).toEqual(Array.from({ length: 4 }, () => 'none'));
  expect(['README', 'x.canvas', '.env'].map(kindByName)).toEqual(Array.from({ length: 3 }, () => 'unsure'));
});
