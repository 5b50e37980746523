import type { Note } from '../../main/contract/note.ts';
import { t } from '../messages.ts';
import { askAbout } from '../search/askAbout.ts';

/** Opens a new conversation in which this note is asked about, its question unsent. */
export const askAboutNote = ({ title }: Pick<Note, 'id' | 'title'>): Promise<void> => askAbout(`${t('notes.asking', { title })} `);
