import type { ReactNode } from 'react';
import { join } from './Button.tsx';
import './screen.css';

type ScreenProps = {
  title: string;
  /** A sentence under the title. */
  lead?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** Filters and tabs that stay in sight while the rest scrolls. */
  toolbar?: ReactNode;
  /** True where the content scrolls by itself (a virtual list): it then gets the whole height. */
  fills?: boolean | undefined;
  children: ReactNode;
};

/** A place other than the conversation: title, actions, and a column of comfortable width. */
export function Screen({ title, lead, actions, toolbar, fills, children }: ScreenProps) {
  return (
    <div className={join('screen', fills && 'screen-fills')}>
      <header className="screen-head">
        <div className="grow">
          <h1 className="screen-title">{title}</h1>
          {lead ? <p className="screen-lead">{lead}</p> : null}
        </div>
        {actions ? <div className="row">{actions}</div> : null}
      </header>
      {toolbar ? <div className="screen-toolbar">{toolbar}</div> : null}
      <div className="screen-body">{children}</div>
    </div>
  );
}

type SectionProps = { title: string; hint?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A titled part of a screen. */
export function Section({ title, hint, actions, children }: SectionProps) {
  return (
    <section className="section" aria-label={title}>
      <header className="spread">
        <div>
          <h2 className="section-title">{title}</h2>
          {hint ? <p className="field-note">{hint}</p> : null}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}

/** A quiet card: an edge, no shadow. Several in a row share one edge with `CardList`. */
export function Card({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return <div className={join('card', className)}>{children}</div>;
}

type FactsProps = { facts: readonly { name: string; value: ReactNode }[] };

/** Names and values, such as a model's figures. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.name} className="fact">
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
