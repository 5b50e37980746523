import { ChevronRight, CircleAlert, CircleCheck, CircleQuestionMark, Flame, Info, Lightbulb, ListChecks, Pencil, Quote, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ComponentProps, ComponentType, ReactNode } from 'react';
import type { ExtraProps } from 'react-markdown';
import { hrefOf, hrefOfNote } from '../app/route.ts';
import { InertLink } from '../chat/InertLink.tsx';
import { markdownParts } from '../chat/markdownParts.tsx';
import { t } from '../messages.ts';
import { join } from '../ui/index.ts';
import { useNoteTools } from './noteTools.ts';

type LinkProps = { target?: string; heading?: string; children?: ReactNode };

/** A link to another note opens it; one to nowhere says so. */
export function NoteLink({ target = '', heading = '', children }: LinkProps) {
  const { resolve, toHeading } = useNoteTools();
  if (target === '') {
    return (
      <button type="button" className="text-link" onClick={() => toHeading(heading)}>
        {children}
      </button>
    );
  }
  const noteId = resolve(target);
  if (noteId === undefined) {
    return (
      <span className="note-missing" title={t('notes.missing')}>
        {children}
      </span>
    );
  }
  return (
    <a className="note-link" href={heading ? hrefOf({ screen: 'notes', noteId, at: null, query: '', heading }) : hrefOfNote(noteId)}>
      {children}
    </a>
  );
}

/** Links of Markdown: to a note, to a place in this one, or out, which only shows where it would lead. */
function MarkdownLink({ href = '', id, children }: ComponentProps<'a'> & ExtraProps) {
  const isAddress = /^[a-z][a-z0-9+.-]+:/i.test(href) || href === '';
  // Footnotes and the like lead within what is drawn here.
  if (isAddress || href.startsWith('#user-content') || id) {
    return (
      <InertLink href={href} id={id}>
        {children}
      </InertLink>
    );
  }
  const [target = '', heading = ''] = decoded(href).split('#');
  return (
    <NoteLink target={target.trim()} heading={heading.trim()}>
      {children}
    </NoteLink>
  );
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

function Tag({ tag = '', children }: { tag?: string; children?: ReactNode }) {
  return (
    <a className="note-tag" href={hrefOf({ screen: 'search', query: `tag:${tag}` })} aria-label={t('notes.tag', { tag })}>
      {children}
    </a>
  );
}

function Footnote({ name = '' }: { name?: string }) {
  const { toHeading } = useNoteTools();
  return (
    <sup>
      <button type="button" className="text-link" aria-label={t('notes.footnote', { name })} onClick={() => toHeading(`[^${name}]`)}>
        {name}
      </button>
    </sup>
  );
}

function Embed({ target = '', heading = '', children }: LinkProps) {
  const { resolve, embed } = useNoteTools();
  const noteId = resolve(target);
  if (noteId === undefined && isPicture(target)) return markdownParts.img({ alt: target });
  if (noteId === undefined) return <p className="note-missing">{t('notes.embedMissing', { name: target })}</p>;
  if (!embed) {
    return (
      <NoteLink target={target} heading={heading}>
        {children}
      </NoteLink>
    );
  }
  return embed(noteId, heading);
}

const isPicture = (target: string) => /\.(png|jpe?g|gif|webp|avif|svg|bmp|heic|mp[34]|m4a|wav|ogg|webm|mov|canvas|base)$/i.test(target);

function InlineEmbed({ target = '', heading = '', children }: LinkProps) {
  if (isPicture(target)) return markdownParts.img({ alt: target });
  return (
    <NoteLink target={target} heading={heading}>
      {children}
    </NoteLink>
  );
}

const calloutLooks: Record<string, { icon: LucideIcon; tone: string }> = {
  tip: { icon: Lightbulb, tone: 'good' },
  hint: { icon: Lightbulb, tone: 'good' },
  success: { icon: CircleCheck, tone: 'good' },
  check: { icon: CircleCheck, tone: 'good' },
  done: { icon: CircleCheck, tone: 'good' },
  warning: { icon: TriangleAlert, tone: 'caution' },
  caution: { icon: TriangleAlert, tone: 'caution' },
  attention: { icon: TriangleAlert, tone: 'caution' },
  question: { icon: CircleQuestionMark, tone: 'caution' },
  help: { icon: CircleQuestionMark, tone: 'caution' },
  faq: { icon: CircleQuestionMark, tone: 'caution' },
  danger: { icon: Flame, tone: 'danger' },
  error: { icon: CircleAlert, tone: 'danger' },
  bug: { icon: CircleAlert, tone: 'danger' },
  failure: { icon: CircleAlert, tone: 'danger' },
  quote: { icon: Quote, tone: 'plain' },
  cite: { icon: Quote, tone: 'plain' },
  todo: { icon: ListChecks, tone: 'plain' },
  example: { icon: ListChecks, tone: 'plain' },
  note: { icon: Pencil, tone: 'plain' },
};
const usualLook = { icon: Info, tone: 'plain' };

type CalloutProps = { type?: string; fold?: string; children?: ReactNode };

const lookOf = (type: string) => (Object.hasOwn(calloutLooks, type) ? calloutLooks[type]! : usualLook);

/** Its title is the first of its children. Open or not is its reader's from then on, and of `unfold`. */
function NoteCallout({ type = 'note', fold = '', children }: CalloutProps) {
  const { tone } = lookOf(type);
  if (fold === '') {
    return (
      <div className="note-callout" data-tone={tone}>
        {children}
      </div>
    );
  }
  return (
    <details className="note-callout" data-tone={tone} open={fold === '+'}>
      {children}
    </details>
  );
}

/** Without words of its own it is called as its kind. */
function CalloutTitle({ type = 'note', fold = '', children }: CalloutProps) {
  const { icon: Icon } = lookOf(type);
  const words = <span>{children ?? type.charAt(0).toUpperCase() + type.slice(1)}</span>;
  if (fold === '') {
    return (
      <p className="note-callout-head">
        <Icon aria-hidden />
        {words}
      </p>
    );
  }
  return (
    <summary className="note-callout-head">
      <Icon aria-hidden />
      {words}
      <ChevronRight className="note-callout-fold" aria-hidden />
    </summary>
  );
}

type HeadingProps = { level: number; className?: string | undefined; children?: ReactNode };

/** Its level among the headings of the page; how large it is drawn goes by what is written. */
export function NoteHeading({ level, className, children }: HeadingProps) {
  const { topLevel } = useNoteTools();
  const Tag = `h${Math.min(6, Math.max(3, 3 + level - topLevel))}` as 'h3';
  return <Tag className={join(`heading-${Math.min(3, level)}`, className)}>{children}</Tag>;
}

const headings = Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, ({ children }: { children?: ReactNode }) => <NoteHeading level={level}>{children}</NoteHeading>]));

/** How a note's Markdown is drawn: as an answer's, and what Obsidian adds. */
export const noteParts: Record<string, ComponentType<never>> = {
  ...markdownParts,
  ...headings,
  a: MarkdownLink,
  'note-link': NoteLink,
  'note-tag': Tag,
  'note-footnote': Footnote,
  'note-embed': InlineEmbed,
  'note-embedded': Embed,
  'note-callout': NoteCallout,
  'note-callout-title': CalloutTitle,
};

