import type { Migration } from '../migrate.ts';
import { notes } from './0001-notes.ts';

/** Of `notes.db`, in order; a new change goes at the end. */
export const noteMigrations: readonly Migration[] = [notes];
