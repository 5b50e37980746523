import type { Migration } from '../migrate.ts';
import { first } from './0001-first.ts';

/** In order; a new change goes at the end. */
export const migrations: readonly Migration[] = [first];
