/** The queue of memories still to be read for claims. It survives everything that the database survives. */
import type { Database } from 'better-sqlite3';
import type { MemoryScope } from '../contract/memory.ts';
import { prepared } from './prepared.ts';

export type Stage = 'rules' | 'model';

/** A memory as its reader needs it. */
export type Reading = {
  seq: number;
  memoryId: string;
  messageId: string | null;
  text: string;
  /** When it was said. */
  at: number;
  question: boolean;
  scope: MemoryScope;
  personaId: string | null;
  /** The only conversation in which it is recalled. */
  keptId: string | null;
  /** Not the owner's own words, or not said here: an import, or somebody else's line. */
  foreign: boolean;
  /** Nothing to be read: corrected, edited since, or its conversation is being deleted. */
  stale: boolean;
  tries: number;
};

/** After so many failures nobody tries again, until the text changes. */
export const mostTries = 3;
const retryMs = 60_000;

type Raw = Omit<Reading, 'question' | 'foreign' | 'stale'> & { question: number; foreign_: number; stale: number };

const selectReading = `
  SELECT memory.seq, memory.id AS memoryId, memory.message_id AS messageId, coalesce(message.text, memory.text, '') AS text, memory.created_at AS at,
    memory.question, memory.scope, memory.persona_id AS personaId, memory.kept_in AS keptId, job.tries,
    (message.speaker IS NOT NULL OR EXISTS (SELECT 1 FROM imported WHERE imported.message = message.seq)) AS foreign_,
    (memory.replaced_by IS NOT NULL OR conversation.deleted_at IS NOT NULL OR EXISTS (
      SELECT 1 FROM message AS rival WHERE rival.parent_id = message.parent_id AND rival.role = message.role AND rival.seq > message.seq AND rival.text <> ''
    ) OR (message.parent_id IS NULL AND EXISTS (
      SELECT 1 FROM message AS rival WHERE rival.conversation_id = message.conversation_id AND rival.parent_id IS NULL
        AND rival.role = message.role AND rival.seq > message.seq AND rival.text <> ''))) AS stale
  FROM job JOIN memory ON memory.seq = job.seq LEFT JOIN message ON message.id = memory.message_id
    LEFT JOIN conversation ON conversation.id = memory.conversation_id`;

const toReading = ({ question, foreign_, stale, ...rest }: Raw): Reading => ({ ...rest, question: question === 1, foreign: foreign_ === 1, stale: stale === 1 });

/** What is due, oldest first. */
export const nextJobs = (db: Database, stage: Stage, { now, limit }: { now: number; limit: number }): Reading[] =>
  prepared<Raw>(db, `${selectReading} WHERE job.stage = ? AND job.tries < ${mostTries} AND job.due <= ? ORDER BY job.seq LIMIT ?`)
    .all(stage, now, limit)
    .map(toReading);

/** What the rules have still to read of this memory; null when they have. */
export function ruleJobOf(db: Database, memoryId: string): Reading | null {
  const job = prepared<Raw>(db, `${selectReading} WHERE memory.id = ? AND job.stage = 'rules'`).get(memoryId);
  return job ? toReading(job) : null;
}

/** When the next one that failed may be tried again; null when none waits. */
export const nextDue = (db: Database): number | null =>
  prepared<{ due: number | null }>(db, `SELECT min(due) AS due FROM job WHERE stage = 'rules' AND tries < ${mostTries}`).get()?.due ?? null;

export const jobDone = (db: Database, seq: number): void => void prepared(db, 'DELETE FROM job WHERE seq = ?').run(seq);

/** There is nothing to be read in this memory. */
export const jobsDone = (db: Database, memoryId: string): void =>
  void prepared(db, 'DELETE FROM job WHERE seq = (SELECT seq FROM memory WHERE id = ?)').run(memoryId);

/** The rules have read it; a model may. */
export const jobToModel = (db: Database, seq: number): void => void prepared(db, `UPDATE job SET stage = 'model', tries = 0, due = 0 WHERE seq = ?`).run(seq);

export const jobFailed = (db: Database, seq: number, now: number): void =>
  void prepared(db, 'UPDATE job SET tries = tries + 1, due = ? + (tries + 1) * ? WHERE seq = ?').run(now, retryMs, seq);

export const countJobs = (db: Database, stage: Stage): number =>
  prepared<{ total: number }>(db, `SELECT count(*) AS total FROM job WHERE stage = ? AND tries < ${mostTries}`).get(stage)!.total;

/** What was said elsewhere, later, with one of these words is to be read again: it may be about what has come to be known there. */
export const queueSharing = (db: Database, match: string, after: number): void =>
  void prepared(
    db,
    `INSERT INTO job (seq) SELECT memory.seq FROM memory WHERE memory.seq IN (SELECT rowid FROM memory_words WHERE memory_words MATCH @match ORDER BY rowid DESC LIMIT 500)
       AND memory.role = 'user' AND memory.scope <> 'none' AND memory.kept_in IS NULL AND memory.created_at >= @after
     ON CONFLICT (seq) DO UPDATE SET stage = 'rules', tries = 0, due = 0`,
  ).run({ match, after });

/** It is to be read again, from the beginning. */
export const queueForRules = (db: Database, memoryId: string): void =>
  void prepared(
    db,
    `INSERT INTO job (seq) SELECT seq FROM memory WHERE id = ? AND role = 'user' AND scope <> 'none' ON CONFLICT (seq) DO UPDATE SET stage = 'rules', tries = 0, due = 0`,
  ).run(memoryId);
