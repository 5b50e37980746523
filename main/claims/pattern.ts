/** How the rules of a language are written down. Pure. */

/** What a rule finds, before it has a quote. */
export type Found = {
  subject: string;
  slot: string;
  value: string;
  ended?: boolean;
  change?: boolean;
  onlyIfKnown?: boolean;
  bareName?: boolean;
};

/** Said of a subject that is known: the rest of the clause, without negation, auxiliaries and most adverbs. */
export type Rule = {
  pattern: RegExp;
  /** Named groups are values: each goes to the slot that has its name here. */
  slots: Record<string, string | readonly string[]>;
  /** What the values are cut down with; a rule without groups has fixed values. */
  read?: Record<string, (raw: string) => string[]>;
  fixed?: string;
  ended?: boolean;
  /** Speaks of a change. */
  change?: boolean;
  onlyIfKnown?: boolean;
  /** What it says when denied: another slot ("don't like": dislikes), or nothing. Absent: that it does not hold. */
  denied?: string | null;
  /** Only when denied: "don't eat". */
  onlyDenied?: boolean;
};

/** A predicate with what was taken out of it. */
export type Predicate = { text: string; denied: boolean; ended: boolean; change: boolean };

/** What the first rule that fits says of a subject; each of its values is one claim. */
export function applyRules(rules: readonly Rule[], subject: string, predicate: Predicate): Found[] {
  for (const rule of rules) {
    const match = rule.onlyDenied && !predicate.denied ? null : rule.pattern.exec(predicate.text);
    const found = match ? foundBy(rule, match.groups ?? {}, subject) : [];
    if (found.length > 0) return found.flatMap((one) => asSaid(rule, one, predicate));
  }
  return [];
}

function foundBy(rule: Rule, groups: Record<string, string | undefined>, subject: string): Found[] {
  const common = {
    subject,
    ...(rule.ended ? { ended: true, change: true } : {}),
    ...(rule.change ? { change: true } : {}),
    ...(rule.onlyIfKnown ? { onlyIfKnown: true } : {}),
  };
  if (rule.fixed !== undefined) return Object.values(rule.slots).flat().map((slot) => ({ ...common, slot, value: rule.fixed! }));
  return Object.entries(rule.slots).flatMap(([group, slot]) => {
    const raw = groups[group];
    const values = raw === undefined ? [] : (rule.read?.[group]?.(raw) ?? []);
    return values.flatMap((value) => [slot].flat().map((one) => ({ ...common, slot: one, value })));
  });
}

const saysNothingDenied = (rule: Rule) => rule.denied === null || rule.ended === true || rule.change === true;

/** "no longer" ends it, "not" denies it, and to deny an end or a change says nothing. */
function asSaid(rule: Rule, found: Found, { denied, ended, change }: Predicate): Found[] {
  const said = change || ended ? { ...found, change: true } : found;
  const isPlain = !denied && !ended;
  if (rule.onlyDenied || isPlain) return [said];
  if (saysNothingDenied(rule)) return [];
  return [denied && rule.denied ? { ...said, slot: rule.denied } : { ...said, ended: true }];
}

/** The rules of one language other than English. */
export type Language = {
  /** Words before what is said. */
  lead: RegExp;
  unsure: RegExp;
  /** Put before a clause that goes on without its "I". */
  iImplied: string;
  /** `rest`: what is said of the owner; of somebody else: `relation`, `name`, `rest`. */
  owner: RegExp;
  other: RegExp;
  relations: Record<string, string>;
  polarity(rest: string): Predicate;
  rules: readonly Rule[];
  /** For clauses whose subject stands elsewhere: "My name is…", "Call me…". */
  wholeRules: readonly Rule[];
};
