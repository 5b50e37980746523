import type { PersonaDraft } from '../../main/contract/persona.ts';

/** What each part of the editor is given: the draft, how to change it, and what is wrong with it. */
export type PartProps = {
  draft: PersonaDraft;
  change: (part: Partial<PersonaDraft>) => void;
  /** Paths of what would be refused. */
  wrong: ReadonlySet<string>;
};
