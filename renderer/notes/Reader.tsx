import { useEffect, useMemo, useRef, type RefObject } from 'react';
import type { NoteFolder, OpenNote } from '../../main/contract/note.ts';
import { go, hrefOf, type NotesRoute } from '../app/route.ts';
import { useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { BackLink, EmptyState, ErrorState, Skeleton } from '../ui/index.ts';
import { Around } from './Around.tsx';
import { Embedded } from './Embedded.tsx';
import { MatchBar } from './MatchBar.tsx';
import { NoteBody, type BodyHandle } from './NoteBody.tsx';
import { NoteHead } from './NoteHead.tsx';
import { NoteToolsProvider, resolverOf, type NoteTools } from './noteTools.ts';
import { Outline, OutlineMenu } from './Outline.tsx';
import { ReaderBar } from './ReaderBar.tsx';
import { lineAt, outlineOf, segmentAt, segmentNamed, segmentsOf, type Segment } from './segments.ts';
import { PageMark, SegmentView } from './SegmentView.tsx';
import { useMarks, useShow, type Marks } from './useMarks.ts';
import { useMatches, type Matches } from './useMatches.ts';
import { useOpenNote } from './useOpenNote.ts';
import { useSourceLines } from './useSourceLines.ts';
import { useTopSegment } from './useTopSegment.ts';

type Place = NotesRoute & { noteId: string };
type Props = { place: Place; folders: readonly NoteFolder[] };

/** One note, as its owner would like to read it. */
export function Reader({ place, folders }: Props) {
  const { known, open } = useOpenNote(place.noteId, place.query);
  const title = open.data?.note.title ?? known.data?.title;
  useEffect(() => {
    if (title) document.title = t('app.screenTitle', { screen: title });
    return () => {
      document.title = t('app.screenTitle', { screen: t('place.notes') });
    };
  }, [title]);
  if (open.error) {
    return (
      <div className="note-scroller note-failed">
        <BackLink href={hrefOf({ screen: 'notes', noteId: null, at: null, query: '' })}>{t('notes.back')}</BackLink>
        <ErrorState error={open.error} title={title ? t('notes.openFailedKnown', { title }) : t('notes.openFailed')} onRetry={open.reload} />
      </div>
    );
  }
  if (!open.data) {
    return (
      <div className="note-loading">
        <Skeleton lines={9} />
      </div>
    );
  }
  return <OpenReader open={open.data} settled={!open.loading} place={place} folders={folders} />;
}

type OpenProps = Props & { open: OpenNote; settled: boolean };

function OpenReader({ open, settled, place, folders }: OpenProps) {
  const body = useRef<BodyHandle>(null);
  const segments = useMemo(() => segmentsOf(open), [open]);
  const headings = useMemo(() => outlineOf(segments), [segments]);
  const { at, query, heading } = place;
  const from = at ? segmentAt(segments, at.from) : null;
  const found = useMatches(useSearched(segments, open.note.title), open.words, from);
  const current = found.matches[found.at] ?? null;
  const passage = useMemo(() => (at ? { from: at.from, to: at.to } : null), [at?.from, at?.to]); // eslint-disable-line react-hooks/exhaustive-deps -- the address makes a new object of the same place
  const marks: Marks = { segments, needles: found.needles, current, at: passage };
  useMarks(body, marks);
  const show = useShow(body, marks);
  const top = useTopSegment(body, segments);

  const step = (by: 1 | -1) => {
    const match = found.step(by);
    if (match) show.match(match);
  };
  const find = () => (found.find.open ? closeMatches() : found.find.show());
  const closeMatches = () => {
    if (found.find.open) found.find.close();
    else go({ screen: 'notes', noteId: place.noteId, at: null, query: '' }, 'replace');
    body.current?.scroller()?.focus({ preventScroll: true });
  };
  useMatchCommands(found, step);

  const { resolve, toHeading } = useTools(open, segments, body);
  const topLevel = topLevelOf(segments, open.note.title);
  const tools = useMemo<NoteTools>(() => ({ resolve, toHeading, topLevel, embed: embedded }), [resolve, toHeading, topLevel]);
  useGoThere(JSON.stringify([passage, heading, query]), settled, () => {
    const named = heading ? segmentNamed(segments, heading) : null;
    if (from !== null) show.place(from);
    else if (named !== null) show.heading(named);
    else if (current) show.match(current);
  });
  useGoThere(found.find.text, isTyping(found), () => current && show.match(current));

  return (
    <NoteToolsProvider value={tools}>
      <div className="note-reader">
        <ReaderBar
          open={open}
          line={() => lineInSight(open, segments, { at, top: top.now() })}
          quoted={() => quotedWords(segments, { at, top: top.now(), scroller: body.current?.scroller() ?? null })}
          finding={found.find.open}
          onFind={find}
          outline={headings.length > 1 ? <OutlineMenu headings={headings} onHeading={show.heading} /> : null}
        />
        {found.find.open || open.words.length > 0 ? <MatchBar found={found} query={query} onStep={step} onClose={closeMatches} /> : null}
        <div className="note-columns">
          <Text body={body} open={open} segments={segments} folders={folders} />
          {headings.length > 1 ? <Outline headings={headings} here={top.segment} onHeading={show.heading} /> : null}
        </div>
      </div>
    </NoteToolsProvider>
  );
}

function useMatchCommands({ matches, find }: Matches, step: (by: 1 | -1) => void): void {
  const any = matches.length > 0;
  useCommand('note.next', () => step(1), any);
  useCommand('note.nextKey', () => step(1), any);
  useCommand('note.previous', () => step(-1), any);
  useCommand('note.previousKey', () => step(-1), any);
  useCommand('chat.find', find.show);
}

const isTyping = ({ find, matches }: Matches) => find.open && find.text.trim() !== '' && matches.length > 0;

type TextProps = { body: RefObject<BodyHandle | null>; open: OpenNote; segments: readonly Segment[]; folders: readonly NoteFolder[] };

const noColumns: readonly string[] = [];

function Text({ body, open, segments, folders }: TextProps) {
  const code = useSourceLines(open);
  const { type, title } = open.note;
  const columns = useColumns(open);
  return (
    <NoteBody
      ref={body}
      label={title}
      segments={segments}
      head={
        <>
          <NoteHead open={open} folders={folders} />
          {segments.length === 0 && open.note.mark === null ? <EmptyState title={t('notes.empty')} /> : null}
        </>
      }
      foot={<Around open={open} />}
      draw={(segment, index) => (isTitle(segment, title) && index === 0 ? <PageMark page={segment.page} /> : <SegmentView segment={segment} index={index} type={type} code={code} columns={columns} />)}
    />
  );
}

/** The title stands above it already. */
const isTitle = ({ kind, level, plain }: Segment, title: string) => kind === 'heading' && level === 1 && plain.trim() === title;

/** What words are looked for in: what is not drawn holds none. */
function useSearched(segments: readonly Segment[], title: string): readonly Segment[] {
  return useMemo(() => segments.map((segment, index) => (index === 0 && isTitle(segment, title) ? { ...segment, plain: '' } : segment)), [segments, title]);
}

function topLevelOf(segments: readonly Segment[], title: string): number {
  const levels = segments.flatMap((segment, index) => (segment.kind === 'heading' && !(index === 0 && isTitle(segment, title)) ? [segment.level ?? 1] : []));
  return levels.reduce((least, level) => Math.min(least, level), 6);
}

/** The same list while its names are the same: a table that is read anew need not be drawn anew. */
function useColumns({ properties }: OpenNote): readonly string[] {
  const columns = properties['columns'];
  const key = Array.isArray(columns) ? columns.join('\n') : '';
  return useMemo(() => (key ? key.split('\n') : noColumns), [key]);
}

function useTools(open: OpenNote, segments: readonly Segment[], body: RefObject<BodyHandle | null>) {
  const resolve = useMemo(() => resolverOf(open.links), [open.links]);
  const toHeading = useMemo(
    () => (name: string) => {
      const footnote = name.startsWith('[^') ? segments.findIndex(({ text }) => text.includes(`${name}:`)) : -1;
      const index = footnote >= 0 ? footnote : segmentNamed(segments, name);
      if (index !== null) body.current?.toSegment(index);
    },
    [segments, body],
  );
  return { resolve, toHeading };
}

const embedded = (noteId: string, heading: string) => <Embedded noteId={noteId} heading={heading} />;

/** Goes to a place once, as soon as it can: read anew, the note stays where it is. */
function useGoThere(key: string, ready: boolean, run: () => void): void {
  const gone = useRef('');
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!ready || gone.current === key) return;
    gone.current = key;
    latest.current();
  }, [key, ready]);
}

/** Formats whose text is the file's own. */
const withLines = new Set(['markdown', 'text', 'code', 'csv', 'org', 'rst', 'html']);

function lineInSight({ note, text }: OpenNote, segments: readonly Segment[], { at, top }: { at: Place['at']; top: number }): number | null {
  if (!withLines.has(note.type)) return null;
  const place = at?.from ?? (top > 0 ? segments[top]?.from : 0) ?? 0;
  return lineAt(text, place);
}

type Quoting = { at: Place['at']; top: number; scroller: HTMLElement | null };

/** What is selected, else the passage one came for, else the block in sight. */
function quotedWords(segments: readonly Segment[], { at, top, scroller }: Quoting): { words: string; page: string | null } {
  const selection = window.getSelection();
  const selected = selection && scroller?.contains(selection.anchorNode) ? selection.toString().trim() : '';
  const reached = at ? segments.filter(({ from, to }) => from < at.to && to > at.from) : segments.slice(Math.max(0, top), Math.max(0, top) + 1);
  const first = segments.indexOf(reached[0]!);
  const page = segments.slice(0, first + 1).findLast((segment) => segment.page !== null)?.page ?? null;
  return { words: selected || reached.map(({ plain }) => plain.trim()).join('\n\n'), page: page === null ? null : t('notes.page', { page: String(page) }) };
}
