import { jobDone, jobToModel, ruleJobOf, type Reading } from '../store/claimJobs.ts';
import { claimsOfMemory, type ClaimRow } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { keepRead } from './keep.ts';
import { readClaims } from './rules.ts';

/** Keeps what one memory claims by rule, and strikes it off, in one transaction. */
export function readJob(db: Database, job: Reading): void {
  db.transaction(() => {
    const says = !job.question && !job.stale;
    keepRead(db, job, says ? readClaims(job.text, job.at) : []);
    if (says) jobToModel(db, job.seq);
    else jobDone(db, job.seq);
  })();
}

/** What a memory claims, read now if it has not been. */
export function claimsNow(db: Database, memoryId: string): ClaimRow[] {
  const job = ruleJobOf(db, memoryId);
  if (job) readJob(db, job);
  return claimsOfMemory(db, memoryId);
}
