import { lazy, memo, Suspense } from 'react';
import type { HighlightedLine } from '../chat/highlight.ts';
import { t } from '../messages.ts';
import { NoteMarkdown } from './NoteMarkdown.tsx';
import { NoteHeading } from './noteParts.tsx';
import type { Segment } from './segments.ts';

const CsvRows = lazy(() => import('./CsvRows.tsx').then((module) => ({ default: module.CsvRows })));

type Props = {
  segment: Segment;
  index: number;
  type: string;
  /** Coloured lines of a whole source file, once they are worked out. */
  code: readonly HighlightedLine[] | null;
  columns: readonly string[];
};

/** One block of a note as its kind is read. */
export const SegmentView = memo(function SegmentView({ segment, index, type, code, columns }: Props) {
  return (
    <>
      <PageMark page={segment.page} />
      <SegmentText segment={segment} index={index} type={type} code={code} columns={columns} />
    </>
  );
}, sameSegment);

/** Where a page begins. */
export function PageMark({ page }: { page: number | null }) {
  return page === null ? null : <p className="note-page-mark">{t('notes.page', { page: String(page) })}</p>;
}

/** Read anew, a note is other objects with mostly the same words. */
function sameSegment(one: Props, other: Props): boolean {
  const { text, page, kind, line } = one.segment;
  return text === other.segment.text && one.segment.drawn === other.segment.drawn && page === other.segment.page && kind === other.segment.kind && line === other.segment.line && one.code === other.code && one.type === other.type && one.columns === other.columns;
}

function SegmentText({ segment, index, type, code, columns }: Props) {
  const { kind, text } = segment;
  if (type === 'csv') {
    return (
      <Suspense fallback={<p className="note-plain">{text}</p>}>
        <CsvRows text={text} first={index === 0} columns={columns} />
      </Suspense>
    );
  }
  if (type === 'markdown' && kind !== 'plain') {
    return (
      <div className="markdown">
        <NoteMarkdown text={segment.drawn ?? text} prefix={`note-${segment.from}-`} />
      </div>
    );
  }
  return <PlainSegment segment={segment} code={code} />;
}

/** What the readers made of other formats: words without markup. */
function PlainSegment({ segment, code }: Pick<Props, 'segment' | 'code'>) {
  const { kind, text } = segment;
  switch (kind) {
    case 'lines':
      return <CodeLines segment={segment} code={code} />;
    case 'heading':
      return <Heading segment={segment} />;
    case 'quote':
      return <blockquote className="note-quote">{text.replace(/^> ?/gm, '')}</blockquote>;
    case 'code':
      return <pre className="note-code">{text}</pre>;
    case 'table':
      return <Table text={text} />;
    default:
      return <p className="note-plain">{text}</p>;
  }
}

function Heading({ segment: { level, text } }: { segment: Segment }) {
  const words = text.replace(/^(#+|\*+|=+)\s+/, '').replace(/\n[=\-~^"'`#*+]{3,}\s*$/, '');
  return (
    <NoteHeading level={level ?? 1} className="note-heading">
      {words}
    </NoteHeading>
  );
}

function Table({ text }: { text: string }) {
  const rows = text.split('\n').map((row) => row.split(' | '));
  return (
    <div className="table-frame" role="region" aria-label={t('notes.table')} tabIndex={0}>
      <table>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Numbers stand before the lines and are no part of them: what is copied is the code. */
function CodeLines({ segment: { text, line: first }, code }: Pick<Props, 'segment' | 'code'>) {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    <pre className="code-lines" style={{ counterReset: `line ${first - 1}` }}>
      <code>
        {lines.map((line, at) => (
          <span key={at} className="code-line">
            {code?.[first - 1 + at]?.map(({ content, color }, piece) => (
              <span key={piece} style={color ? { color } : undefined}>
                {content}
              </span>
            )) ?? line}
            {'\n'}
          </span>
        ))}
      </code>
    </pre>
  );
}
