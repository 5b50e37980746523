import { useEffect, useState } from 'react';
import type { OpenNote } from '../../main/contract/note.ts';
import { highlight, type HighlightedLine } from '../chat/highlight.ts';

/** Longer code is shown plain: colours would cost more than they explain. */
const longestHighlighted = 120_000;

/** The coloured lines of a source file; null while there are none, and for anything else. */
export function useSourceLines({ note, text }: Pick<OpenNote, 'note' | 'text'>): readonly HighlightedLine[] | null {
  const [done, setDone] = useState<{ text: string; lines: readonly HighlightedLine[] } | null>(null);
  const language = note.type === 'code' ? languageOf(note.path) : '';
  useEffect(() => {
    if (!language || text.length > longestHighlighted) return;
    let wanted = true;
    void highlight(text, language).then((lines) => wanted && lines && setDone({ text, lines }));
    return () => {
      wanted = false;
    };
  }, [text, language]);
  return done?.text === text ? done.lines : null;
}

/** By its ending; the highlighter knows most endings by themselves. */
export function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const extension = name.slice(name.lastIndexOf('.') + 1);
  return languages[extension] ?? extension;
}

const languages: Record<string, string> = {
  cjs: 'javascript', cts: 'typescript', mts: 'typescript', pyi: 'python', cc: 'cpp', cxx: 'cpp', hpp: 'cpp', hh: 'cpp', h: 'c', kts: 'kotlin', fish: 'shellscript',
  ex: 'elixir', exs: 'elixir', erl: 'erlang', ml: 'ocaml', mli: 'ocaml', jl: 'julia', pl: 'perl', pm: 'perl', mk: 'makefile', scss: 'css', less: 'css', sass: 'css', xsl: 'xml', cfg: 'ini', conf: 'ini',
};
