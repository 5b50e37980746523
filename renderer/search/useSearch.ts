import { useState } from 'react';
import type { AppError } from '../../main/contract/errors.ts';
import type { NotePassage } from '../../main/contract/note.ts';
import type { SearchResults } from '../../main/contract/search.ts';
import { api, useCall } from '../api.ts';
import { attempt } from '../ui/index.ts';
import { LIMIT, sectionsOf, type Kind, type Row, type Section } from './rows.ts';

export type Found = { data: SearchResults | undefined; error: AppError | null };

export type Search = {
  /** As typed, from its first word. */
  text: string;
  found: Found;
  sections: Section[];
  rows: Row[];
  kind: Kind;
  setKind: (kind: Kind) => void;
  /** What Enter would open; undefined where nothing was found. */
  active: Row | undefined;
  setActive: (row: Row | undefined) => void;
  /** What is previewed and acted on: a line that opens the rest of a document stands for the document. */
  document: Row | undefined;
  /** Shows what else was found in a document, or folds it away again. */
  toggle: (row: Row) => void;
  reload: () => void;
};

/** What was found for the text, how it is shown, and which of it is looked at. */
export function useSearch(typed: string): Search {
  const text = typed.trimStart();
  const [kind, chooseKind] = useState<Kind>('all');
  // Both belong to one text: with another they begin anew.
  const [chosen, choose] = useState<{ text: string; key: string | undefined }>({ text, key: undefined });
  const [open, setOpen] = useState<{ text: string; passages: ReadonlyMap<string, readonly NotePassage[]> }>({ text, passages: new Map() });
  const { data, error, reload } = useCall('search.query', { text, limit: LIMIT, meaning: true }, { enabled: text !== '', keepPrevious: true });
  const found: Found = text === '' ? { data: undefined, error: null } : { data, error };
  const opened = open.text === text ? open.passages : noneOpen;
  const sections = found.data ? sectionsOf(found.data, kind, opened) : [];
  const rows = sections.flatMap((section) => section.rows);
  const active = rows.find(({ key }) => chosen.text === text && key === chosen.key) ?? rows[0];

  const show = (key: string, passages: readonly NotePassage[] | null) => {
    const next = new Map(opened);
    if (passages) next.set(key, passages);
    else next.delete(key);
    setOpen({ text, passages: next });
  };
  const toggle = (row: Row) => {
    const key = row.kind === 'others' ? row.of : row.key;
    if (opened.has(key)) return show(key, null);
    const note = rows.find((one) => one.key === key && one.kind === 'note');
    if (note?.kind !== 'note') return show(key, []);
    void attempt(async () => show(key, await api.search.passages({ noteId: note.note.id, text, limit: mostPassages })));
  };
  const document = active?.kind === 'others' ? rows.find(({ key }) => key === active.of) : active;
  return {
    text, found, sections, rows, kind, active, document, toggle, reload,
    setKind: (next) => (chooseKind(next), choose({ text, key: undefined })),
    setActive: (row) => choose({ text, key: row?.key }),
  };
}

const noneOpen: ReadonlyMap<string, readonly NotePassage[]> = new Map();
const mostPassages = 50;
