/** Notes in other programs of the owner's. */
import type { Handlers } from '../contract/contract.ts';
import type { Editor } from '../contract/editor.ts';
import type { Database } from '../store/database.ts';
import { getNoteFolder } from '../store/noteFolders.ts';
import { getNote } from '../store/notes.ts';
import { editorCommands, revealCommands } from './editors.ts';
import { launch } from './launch.ts';
import { fileOf } from './openNote.ts';

type Dependencies = { db: Database; editor(): Editor };

/** Only what is known as a note or as a folder of notes is ever handed to another program. */
export function createOutside({ db, editor }: Dependencies): Pick<Handlers['notes'], 'edit' | 'reveal'> {
  const noteFile = (id: string) => fileOf(db, getNote(db, id)).file;
  return {
    async edit({ id, line }) {
      await launch(editorCommands(editor(), { file: noteFile(id), line }, process.platform));
      return {};
    },
    async reveal({ id, what }) {
      await launch(revealCommands(what === 'folder' ? getNoteFolder(db, id).path : noteFile(id), process.platform));
      return {};
    },
  };
}
