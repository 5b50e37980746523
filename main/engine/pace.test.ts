import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

test('a chunk takes about a tenth of a second at any speed, and never more than a batch', () => {
  for (const tokensPerSecond of [50, 173, 1_000, 20_000]) {
    const pace = createPace(512);
    for (let round = 0; round < 12; round += 1) pace.measured(pace.chunk(), (pace.chunk() / tokensPerSecond) * 1_000);
    const ms = (pace.chunk() / tokensPerSecond) * 1_000;
    expect(ms <= 112 || pace.chunk() === 8, `${tokensPerSecond}/s: ${ms} ms`).toBe(true);
    expect(ms > 45 || pace.chunk() === 512).toBe(true);
  }
});

test('it never falls below eight tokens, and recovers when the machine is free again', () => {
  const pace = createPace(512);
  for (let round = 0; round < 5; round += 1) pace.measured(8, 3_000);
  expect(pace.chunk()).toBe(8);
  for (let round = 0; round < 20; round += 1) pace.measured(pace.chunk(), pace.chunk() / 2);
  expect(pace.chunk()).toBe(128);
});

test('small changes of speed leave it alone: other chunks give other last bits', () => {
  const pace = createPace(512);
  for (let round = 0; round < 20; round += 1) pace.measured(pace.chunk(), pace.chunk() * 0.6);
  const settled = pace.chunk();
  for (const factor of [0.45, 0.7, 0.5, 0.65]) {
    pace.measured(settled, settled * factor);
    expect(pace.chunk()).toBe(settled);
  }
});
