import { CornerDownRight } from 'lucide-react';
import { useMemo } from 'react';
import type { OpenNote } from '../../main/contract/note.ts';
import { useCall } from '../api.ts';
import { hrefOf, hrefOfNote } from '../app/route.ts';
import { t } from '../messages.ts';
import { Skeleton } from '../ui/index.ts';
import { goToNote, NoteToolsProvider, resolverOf, useNoteTools, type NoteTools } from './noteTools.ts';
import { NoteMarkdown } from './NoteMarkdown.tsx';
import { segmentNamed, segmentsOf, type Segment } from './segments.ts';

/** More of another note is read in that note. Characters. */
const longest = 3_000;

/** `![[note]]`: a piece of another note, quoted, with the way to it. */
export function Embedded({ noteId, heading }: { noteId: string; heading: string }) {
  const { data, error } = useCall('notes.open', { id: noteId });
  if (error) return <p className="note-missing">{t('notes.embedFailed')}</p>;
  if (!data) return <Skeleton lines={2} />;
  const href = heading ? hrefOf({ screen: 'notes', noteId, at: null, query: '', heading }) : hrefOfNote(noteId);
  return (
    <figure className="note-embedded">
      <EmbeddedText note={data} heading={heading} />
      <figcaption>
        <CornerDownRight aria-hidden />
        <a className="note-link" href={href}>
          {t('notes.embedded', { title: data.note.title })}
        </a>
      </figcaption>
    </figure>
  );
}

function EmbeddedText({ note, heading }: { note: OpenNote; heading: string }) {
  const { topLevel } = useNoteTools();
  const shown = useMemo(() => pieceOf(segmentsOf(note), heading), [note, heading]);
  const tools = useMemo<NoteTools>(() => ({ resolve: resolverOf(note.links), toHeading: (name) => goToNote(note.note.id, name), topLevel, embed: null }), [note, topLevel]);
  return (
    <NoteToolsProvider value={tools}>
      {shown.map((segment) =>
        note.note.type === 'markdown' && segment.kind !== 'plain' ? (
          <NoteMarkdown key={segment.from} text={segment.drawn ?? segment.text} prefix={`${note.note.id}-${segment.from}-`} />
        ) : (
          <p key={segment.from} className="note-plain">
            {segment.text}
          </p>
        ),
      )}
    </NoteToolsProvider>
  );
}

/** The block or the section that is named, else the beginning. */
export function pieceOf(segments: readonly Segment[], name: string): Segment[] {
  const at = (name === '' ? 0 : segmentNamed(segments, name)) ?? 0;
  const first = segments[at];
  if (!first || name.startsWith('^')) return segments.slice(at, at + 1);
  const level = name === '' ? 0 : levelOf(first);
  const next = segments.findIndex((segment, index) => index > at && levelOf(segment) <= level);
  const section = segments.slice(at, next < 0 ? undefined : next);
  let length = 0;
  return section.filter(({ text }, index) => index === 0 || (length += text.length) < longest);
}

/** Of a heading; what is none begins nothing. */
const levelOf = ({ kind, level }: Segment) => (kind === 'heading' ? (level ?? 1) : Infinity);
