import { ImageOff, SquareCheck, Square } from 'lucide-react';
import { createContext, use, type ComponentProps, type ReactElement, type ReactNode } from 'react';
import type { ExtraProps } from 'react-markdown';
import { t } from '../messages.ts';
import { CitationMark } from './CitationMark.tsx';
import { CodeBlock } from './CodeBlock.tsx';
import { InertLink } from './InertLink.tsx';

type Of<Tag extends 'a' | 'img' | 'input' | 'pre' | 'table' | 'h1' | 'section'> = ComponentProps<Tag> & ExtraProps;

/** The depth of the highest heading of a text, 1 to 6: nothing is left out between the page's headings and it. */
export const HighestHeading = createContext(1);
export const highestHeading = (text: string): number => Math.min(6, ...[...text.matchAll(/^ {0,3}(#{1,6})[ \t]/gmu)].map(([, signs]) => signs!.length));

const headingOf = (depth: number) =>
  function Heading({ children }: Of<'h1'>) {
    const Tag = `h${Math.min(6, depth - Math.min(depth, use(HighestHeading)) + 3)}` as 'h3';
    return <Tag className={`heading-${Math.min(3, depth)}`}>{children}</Tag>;
  };

/** How each part of Markdown is drawn. Headings step down two levels: the page and the message have theirs above. */
export const markdownParts = {
  a: ({ href, id, children }: Of<'a'>) => (
    <InertLink href={href ?? ''} id={id}>
      {children}
    </InertLink>
  ),
  img: ({ alt, src }: Of<'img'>) => (
    <span className="picture-note">
      <ImageOff aria-hidden />
      {t('chat.pictureNotLoaded', { what: alt || (typeof src === 'string' ? hostOf(src) : '') || t('chat.pictureUnnamed') })}
    </span>
  ),
  input: ({ checked }: Of<'input'>) => (
    <span className="task-mark" role="img" aria-label={t(checked ? 'chat.taskDone' : 'chat.taskOpen')}>
      {checked ? <SquareCheck aria-hidden /> : <Square aria-hidden />}
    </span>
  ),
  pre: ({ children }: Of<'pre'>) => {
    const code = codeOf(children);
    return code ? <CodeBlock {...code} /> : <pre>{children}</pre>;
  },
  table: ({ children }: Of<'table'>) => (
    <div className="table-frame" role="region" aria-label={t('chat.table')} tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  'citation-mark': ({ mark }: { mark?: number | string }) => <CitationMark mark={Number(mark)} />,
  h1: headingOf(1),
  h2: headingOf(2),
  h3: headingOf(3),
  h4: headingOf(4),
  h5: headingOf(5),
  h6: headingOf(6),
};

/** The code and its language inside a `pre`, as react-markdown nests them. */
function codeOf(children: ReactNode): { code: string; language: string } | null {
  const element = (Array.isArray(children) ? children[0] : children) as ReactElement<{ className?: string; children?: ReactNode }> | undefined;
  if (typeof element?.props?.children !== 'string') return null;
  return {
    code: element.props.children.replace(/\n$/, ''),
    language: /language-([^\s]+)/.exec(element.props.className ?? '')?.[1]?.toLowerCase() ?? '',
  };
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return '';
  }
}
