import type { Language, Predicate } from './pattern.ts';
import { dateOf, nameOf, placeOf, plain, things } from './values.ts';

const relations = {
  mutter: 'mother', mama: 'mother', vater: 'father', papa: 'father', schwester: 'sister', bruder: 'brother', frau: 'wife', mann: 'husband', tochter: 'daughter',
  sohn: 'son', oma: 'grandmother', großmutter: 'grandmother', opa: 'grandfather', großvater: 'grandfather', tante: 'aunt', onkel: 'uncle', cousine: 'cousin',
  cousin: 'cousin', nichte: 'niece', neffe: 'nephew', freund: 'friend', freundin: 'friend', chef: 'boss', chefin: 'boss', kollege: 'colleague', kollegin: 'colleague',
  nachbar: 'neighbour', nachbarin: 'neighbour', hund: 'dog', katze: 'cat', pferd: 'horse', partner: 'partner', partnerin: 'partner',
};
const relation = Object.keys(relations).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('|');
const article = '(?:der |die |das |den |dem |einem |einer |einen |eine |ein |im |am )';
const withoutArticle = (read: (raw: string) => string[]) => (raw: string) => read(raw.replace(new RegExp(`^${article}`, 'iu'), ''));

function polarity(rest: string): Predicate {
  let text = rest.trim();
  const take = (pattern: RegExp, instead = ' '): boolean => {
    const after = text.replace(pattern, instead).trim();
    const taken = after !== text;
    text = after;
    return taken;
  };
  const ended = take(/\s(?:nicht|kein\w*)\s(?:(.*?)\s)?mehr\b/iu, ' $1 ');
  const denied = !ended && take(/\s(?:nicht|kein\w*)\s/iu);
  const change = take(/\s(?:jetzt|nun|inzwischen|mittlerweile|neuerdings)(?=\s|$)/iu);
  take(/\s(?:sehr|wirklich|total|auch|immer noch|noch|schon|gerade|seit [\p{L}\d]+(?: \d{4}| Jahren| Monaten)?)(?=\s|$)/giu);
  return { text: text.replace(/\s+/gu, ' '), denied, ended, change };
}

export const german: Language = {
  lead: /^(?:(?:ja|nein|also|ach|hallo|hi|übrigens|bitte|merk dir|denk daran|und|aber|dass|na|eigentlich)[,:!.\s]+)+/iu,
  unsure: /\b(?:möchte|würde|könnte|sollte|wollte|will|werde|vielleicht|wahrscheinlich|hoffentlich|angeblich|fast)\b/iu,
  iImplied: 'ich ',
  owner: /^(?:ich|wir) (?<rest>.*)$|^$/iu,
  other: new RegExp(`^(?:[Mm]eine?|[Uu]nsere?) (?<relation>${relation})(?: (?<name>\\p{Lu}[\\p{L}\\p{M}-]+))?,? (?<rest>.*)$`, 'u'),
  relations,
  polarity,
  rules: [
    { pattern: /^(?:wohnen?|wohnt|leben?|lebt) (?:allein |zusammen )?in (?<value>.+)$/iu, slots: { value: 'home' }, read: { value: withoutArticle(placeOf) } },
    { pattern: /^(?:bin|ist|sind) (?:(?:letzte\S*|vor|im|gestern|seit) .*?)?(?:von .+? )?nach (?<value>\p{Lu}[\p{L} -]*?) (?:gezogen|umgezogen)$/u, slots: { value: 'home' }, read: { value: placeOf }, change: true },
    { pattern: /^(?:kommen?|kommt) (?:ursprünglich )?aus (?<value>\p{Lu}.+|der .+)$/u, slots: { value: 'origin' }, read: { value: withoutArticle(placeOf) } },
    { pattern: /^(?:arbeiten?|arbeitet) als (?<value>.+?)(?: bei (?<org>.+))?$/iu, slots: { value: 'work', org: 'employer' }, read: { value: withoutArticle(plain), org: withoutArticle(plain) } },
    { pattern: /^(?:arbeiten?|arbeitet) (?:bei|für) (?<value>.+)$/iu, slots: { value: 'employer' }, read: { value: withoutArticle(plain) } },
    { pattern: /^(?:habe|hat) (?:meinen|seinen|ihren|den) Job(?: bei (?<value>.+?))? gekündigt$/iu, slots: { value: 'employer' }, read: { value: plain }, ended: true },
    { pattern: /^(?:heiße|heißt) (?<value>\p{Lu}.*)$/u, slots: { value: 'name' }, read: { value: nameOf } },
    { pattern: /^(?:bin|ist|sind) (?:stark |leicht )?allergisch (?:gegen|auf) (?<value>.+)$/iu, slots: { value: 'allergy' }, read: { value: things } },
    { pattern: /^(?:habe|hat) (?:eine )?(?<value>\p{L}+?)-?allergie$/iu, slots: { value: 'allergy' }, read: { value: things } },
    { pattern: /^(?:mag|mögen|liebe|liebt|lieben) (?<value>.+)$/iu, slots: { value: 'likes' }, read: { value: things }, denied: 'dislikes' },
    { pattern: /^(?:esse|isst|trinke|trinkt|spiele|spielt) (?:sehr )?gerne? (?<value>.+)$/iu, slots: { value: 'likes' }, read: { value: things }, denied: 'dislikes' },
    { pattern: /^(?:hasse|hasst|hassen) (?<value>.+)$/iu, slots: { value: 'dislikes' }, read: { value: things } },
    { pattern: /^(?:lerne|lernt|lernen) (?<value>\p{Lu}.+)$/u, slots: { value: 'learning' }, read: { value: things } },
    { pattern: /^(?:spreche|spricht|sprechen) (?:fließend )?(?<value>\p{Lu}\p{L}*isch(?:(?:,| und) \p{Lu}\p{L}*(?:isch)?)*|Deutsch)$/u, slots: { value: 'speaks' }, read: { value: things } },
    { pattern: /^(?:habe|hat|haben) (?<value>(?:ein(?:e|en)|zwei|drei|vier) (?:\p{L}+ )?(?:Hunde?|Katzen?|Pferde?|Kinder|Kind|Auto|Motorrad|Fahrrad|Töchter|Söhne|Tochter|Sohn|Schwestern?|Bruder|Brüder|Garten|Haus|Wohnung|Klavier|Gitarre))(?: namens .+)?$/u, slots: { value: 'has' }, read: { value: plain } },
    { pattern: /^(?:habe|hat|haben) (?:mein|unser|sein|ihr)\w* (?<value>.+?) verkauft$/iu, slots: { value: 'has' }, read: { value: plain }, ended: true },
    { pattern: /^(?:bin|ist|sind) (?<value>verheiratet|geschieden|verlobt|verwitwet|ledig|single)(?: mit .+)?$/iu, slots: { value: 'status' }, read: { value: plain } },
    { pattern: /^(?:bin|ist) (?:ein |eine )?(?<value>vegetarier(?:in)?|veganer(?:in)?|vegetarisch|vegan)$/iu, slots: { value: 'diet' }, read: { value: plain } },
    { pattern: /^(?:habe|hat) am (?<value>.+?) Geburtstag$/iu, slots: { value: 'birthday' }, read: { value: dateOf } },
  ],
  wholeRules: [
    { pattern: /^mein (?:voller )?Name ist (?<value>.+)$/iu, slots: { value: 'name' }, read: { value: nameOf } },
    { pattern: /^(?:bitte )?(?:nenn(?:t|en Sie)?|nenne) mich (?:bitte )?(?<value>\p{Lu}.*)$/iu, slots: { value: 'called' }, read: { value: nameOf } },
    { pattern: /^mein Geburtstag ist (?:am )?(?<value>.+)$/iu, slots: { value: 'birthday' }, read: { value: dateOf } },
    { pattern: /^meine? Lieblings(?:farbe) ist (?<value>.+)$/iu, slots: { value: 'favourite colour' }, read: { value: plain } },
    { pattern: /^meine? Lieblings(?:essen|gericht) (?:ist|sind) (?<value>.+)$/iu, slots: { value: 'favourite food' }, read: { value: plain } },
    { pattern: /^meine? Lieblings(?:film) ist (?<value>.+)$/iu, slots: { value: 'favourite film' }, read: { value: plain } },
    { pattern: /^meine? Lieblings(?:buch) ist (?<value>.+)$/iu, slots: { value: 'favourite book' }, read: { value: plain } },
    { pattern: /^(?:seit|vor|letzte\S*|inzwischen|mittlerweile|heute)(?: .+?)? (?:wohne|lebe) ich in (?<value>.+)$/iu, slots: { value: 'home' }, read: { value: withoutArticle(placeOf) } },
  ],
};
