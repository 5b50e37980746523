import type { Migration } from '../migrate.ts';
import { first } from './0001-first.ts';
import { asks } from './0002-asks.ts';
import { imported } from './0003-imported.ts';
import { claims } from './0004-claims.ts';
import { profile } from './0005-profile.ts';
import { claimWords } from './0006-claim-words.ts';
import { keeping } from './0007-keeping.ts';
import { noteSources } from './0008-note-sources.ts';
import { asking } from './0009-asking.ts';

/** In order; a new change goes at the end. */
export const migrations: readonly Migration[] = [first, asks, imported, claims, profile, claimWords, keeping, noteSources, asking];
