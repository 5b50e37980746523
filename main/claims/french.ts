import type { Language, Predicate } from './pattern.ts';
import { dateOf, nameOf, placeOf, plain, things } from './values.ts';

const relations = {
  mère: 'mother', maman: 'mother', père: 'father', papa: 'father', sœur: 'sister', soeur: 'sister', frère: 'brother', femme: 'wife', mari: 'husband', fille: 'daughter',
  fils: 'son', 'grand-mère': 'grandmother', 'grand-père': 'grandfather', tante: 'aunt', oncle: 'uncle', cousine: 'cousin', cousin: 'cousin', nièce: 'niece', neveu: 'nephew',
  ami: 'friend', amie: 'friend', copain: 'boyfriend', copine: 'girlfriend', patron: 'boss', patronne: 'boss', collègue: 'colleague', voisin: 'neighbour', voisine: 'neighbour',
  chien: 'dog', chienne: 'dog', chat: 'cat', chatte: 'cat', cheval: 'horse',
};
const relation = Object.keys(relations).sort((a, b) => b.length - a.length).join('|');

const liked = (raw: string): string[] => things(raw.replace(/^(?:(?:les?|la|du|de la|des)\s|l'|de l')/iu, '').replace(/([ ,](?:et )?)(?:les? |la |l')/giu, '$1'));

function polarity(rest: string): Predicate {
  let text = rest.trim();
  const take = (pattern: RegExp, instead: string): boolean => {
    const after = text.replace(pattern, instead).trim();
    const taken = after !== text;
    text = after;
    return taken;
  };
  const ended = take(/^(?:(?:ne |n')(.+?)|(\S+)) plus (?!de \d)/iu, '$1$2 ') || take(/^(?:ne |n')(\S+) plus$/iu, '$1');
  const denied = !ended && (take(/^(?:ne |n')(.+?) (?:pas|jamais|guère)\b/iu, '$1') || take(/^(\S+) pas\b/iu, '$1'));
  const change = take(/\s(?:maintenant|désormais|à présent)(?=\s|$)/iu, ' ');
  take(/\s(?:vraiment|beaucoup|bien|aussi|toujours|très|actuellement)(?=\s|$)/giu, '');
  return { text: text.replace(/\s+/gu, ' '), denied, ended, change };
}

export const french: Language = {
  lead: /^(?:(?:oui|non|alors|bon|bonjour|salut|au fait|et|mais|que|souviens-toi que|n'oublie pas que|note que|maintenant|désormais)[,:!.\s]+)+/iu,
  unsure: /\b(?:voudrais|aimerais|pourrais|vais|veux|espère|peut-être|probablement|presque|venons? de|viens de (?!\p{Lu}))\b/u,
  iImplied: 'je ',
  owner: /^(?:je |j'|nous |moi,? je |moi,? j')(?<rest>.*)$/iu,
  other: new RegExp(`^(?:[Mm]on|[Mm]a|[Nn]otre) (?<relation>${relation})(?: (?<name>\\p{Lu}[\\p{L}\\p{M}-]+))?,? (?<rest>.*)$`, 'u'),
  relations,
  polarity,
  rules: [
    { pattern: /^(?:habite|habitons|vis|vit|vivons) (?:(?:à|en|au|aux|dans|près de) )?(?:la |le |l')?(?<value>.+)$/iu, slots: { value: 'home' }, read: { value: placeOf } },
    { pattern: /^(?:ai|a|avons) (?:récemment |juste )?(?:déménagé|emménagé) (?:de .+? )?(?:à|en|au|aux) (?<value>\p{Lu}.+)$/u, slots: { value: 'home' }, read: { value: placeOf }, change: true },
    { pattern: /^(?:viens|vient) (?:de |d'|du |des )(?<value>\p{Lu}.+)$/u, slots: { value: 'origin' }, read: { value: placeOf } },
    { pattern: /^(?:travaille|travaillons) (?:comme|en tant que?) (?:une? )?(?<value>.+?)(?: chez (?<org>.+))?$/iu, slots: { value: 'work', org: 'employer' }, read: { value: plain, org: plain } },
    { pattern: /^(?:travaille|travaillons) (?:chez|pour) (?<value>.+)$/iu, slots: { value: 'employer' }, read: { value: plain } },
    { pattern: /^(?:ai|a) (?:quitté|démissionné de) (?:mon (?:travail|emploi|poste)(?: chez)? ?)?(?<value>\p{Lu}.+)$/u, slots: { value: 'employer' }, read: { value: plain }, ended: true, onlyIfKnown: true },
    { pattern: /^(?:m'appelle|s'appelle) (?<value>\p{Lu}.*)$/u, slots: { value: 'name' }, read: { value: nameOf } },
    { pattern: /^(?:suis|est|sommes) (?:très |gravement )?allergiques? (?:à la |à l'|aux |au |à )(?<value>.+)$/iu, slots: { value: 'allergy' }, read: { value: (raw) => things(raw.replace(/ et (?:à la |à l'|aux |au |à )/giu, ' et ')) } },
    { pattern: /^(?:aime|aimons|adore|adorons) (?<value>.+)$/iu, slots: { value: 'likes' }, read: { value: liked }, denied: 'dislikes' },
    { pattern: /^(?:déteste|détestons|ai horreur de) (?<value>.+)$/iu, slots: { value: 'dislikes' }, read: { value: liked } },
    { pattern: /^préfère (?<value>.+?)(?: (?:à|au|aux|plutôt) .+)?$/iu, slots: { value: 'prefers' }, read: { value: liked } },
    { pattern: /^(?:apprends|apprend) (?:le |la |l'|à )(?<value>.+)$/iu, slots: { value: 'learning' }, read: { value: things } },
    { pattern: /^parle (?:couramment )?(?<value>(?:le |l')?(?:\p{L}+(?:ais|ois|ien|and|nol|gnol|glais|usse|abe|ec|urc|éen|isse))(?:(?:,| et) (?:le |l')?\p{L}+)*)$/iu, slots: { value: 'speaks' }, read: { value: liked } },
    { pattern: /^(?:ai|a|avons) (?<value>(?:une?|deux|trois|quatre) (?:chiens?|chats?|chevaux|cheval|enfants?|filles?|fils|voiture|moto|vélo|maison|appartement|jardin|piano|guitare|sœurs?|frères?))(?: (?:qui s'appelle|nommée?) .+)?$/iu, slots: { value: 'has' }, read: { value: plain } },
    { pattern: /^(?:ai|a|avons) vendu (?:mon|ma|notre|nos|mes|sa|son) (?<value>.+)$/iu, slots: { value: 'has' }, read: { value: plain }, ended: true },
    { pattern: /^(?:suis|est|sommes) (?<value>mariée?s?|divorcée?s?|célibataire|fiancée?s?|veuve|veuf)(?: (?:à|avec|depuis) .+)?$/iu, slots: { value: 'status' }, read: { value: plain } },
    { pattern: /^(?:suis|est) (?<value>végétarien(?:ne)?|végane?|vegan)$/iu, slots: { value: 'diet' }, read: { value: plain } },
  ],
  wholeRules: [
    { pattern: /^mon (?:prénom|nom) est (?<value>.+)$/iu, slots: { value: 'name' }, read: { value: nameOf } },
    { pattern: /^appelle(?:z)?-moi (?<value>\p{Lu}.*)$/iu, slots: { value: 'called' }, read: { value: nameOf } },
    { pattern: /^mon anniversaire (?:est|tombe|c'est) (?:le )?(?<value>.+)$/iu, slots: { value: 'birthday' }, read: { value: dateOf } },
    { pattern: /^ma couleur préférée est (?:le |la )?(?<value>.+)$/iu, slots: { value: 'favourite colour' }, read: { value: plain } },
    { pattern: /^mon plat préféré est (?:le |la |les )?(?<value>.+)$/iu, slots: { value: 'favourite food' }, read: { value: plain } },
    { pattern: /^mon film préféré est (?<value>.+)$/iu, slots: { value: 'favourite film' }, read: { value: plain } },
    { pattern: /^mon livre préféré est (?<value>.+)$/iu, slots: { value: 'favourite book' }, read: { value: plain } },
  ],
};
