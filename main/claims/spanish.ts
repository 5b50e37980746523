import type { Language, Predicate } from './pattern.ts';
import { dateOf, nameOf, placeOf, plain, things } from './values.ts';

const relations = {
  madre: 'mother', mamá: 'mother', padre: 'father', papá: 'father', hermana: 'sister', hermano: 'brother', esposa: 'wife', mujer: 'wife', esposo: 'husband', marido: 'husband',
  hija: 'daughter', hijo: 'son', abuela: 'grandmother', abuelo: 'grandfather', tía: 'aunt', tío: 'uncle', prima: 'cousin', primo: 'cousin', sobrina: 'niece', sobrino: 'nephew',
  amiga: 'friend', amigo: 'friend', novia: 'girlfriend', novio: 'boyfriend', jefa: 'boss', jefe: 'boss', vecina: 'neighbour', vecino: 'neighbour', perro: 'dog', perra: 'dog',
  gato: 'cat', gata: 'cat', caballo: 'horse',
};
const relation = Object.keys(relations).sort((a, b) => b.length - a.length).join('|');
const liked = (raw: string): string[] => things(raw.replace(/^(?:el|la|los|las)\s/iu, '').replace(/([ ,](?:y |e )?)(?:el |la |los |las )/giu, '$1'));
const isYo = '(?:yo )?';

function polarity(rest: string): Predicate {
  let text = rest.trim().replace(/^\p{Lu}/u, (letter) => letter.toLowerCase());
  const take = (pattern: RegExp, instead = ''): boolean => {
    const after = text.replace(pattern, instead).trim();
    const taken = after !== text;
    text = after;
    return taken;
  };
  const ended = take(/^ya no /iu);
  const denied = !ended && take(/^(?:no|nunca) /iu);
  const change = take(/\s(?:ahora|actualmente)(?=\s|$)/iu, ' ') || take(/^ahora /iu);
  take(/\s(?:mucho|muchísimo|también|todavía|muy)(?=\s|$)/giu);
  return { text: text.replace(/\s+/gu, ' '), denied, ended, change };
}

export const spanish: Language = {
  lead: /^(?:(?:sí|bueno|hola|pues|por cierto|y|pero|que|recuerda que|no olvides que)[,:!.\s]+)+/iu,
  unsure: /\b(?:quiero|quisiera|gustaría|podría|voy a|quizás?|tal vez|probablemente|casi|espero)\b/iu,
  iImplied: '',
  // A verb's form says who: the patterns below only fit the first person, or follow "mi hermana".
  owner: new RegExp(`^${isYo}(?<rest>(?:ya no |no |nunca |ahora )?(?:vivo|vivimos|me |nos |soy|trabajo|odio|detesto|prefiero|amo|aprendo|estoy|hablo|tengo|tenemos|vendí|dejé|tomo)\\b.*)$`, 'iu'),
  other: new RegExp(`^(?:[Aa] )?(?:[Mm]i|[Nn]uestr[oa]) (?<relation>${relation})(?: (?<name>\\p{Lu}[\\p{L}\\p{M}-]+))?,? (?<rest>.*)$`, 'u'),
  relations,
  polarity,
  rules: [
    { pattern: /^(?:vivo|vive|vivimos) en (?:el |la )?(?<value>.+)$/iu, slots: { value: 'home' }, read: { value: placeOf } },
    { pattern: /^(?:me|se|nos) (?:he |ha |hemos )?(?:mudé|mudó|mudamos|mudado) (?:de .+? )?a (?<value>\p{Lu}.+)$/u, slots: { value: 'home' }, read: { value: placeOf }, change: true },
    { pattern: /^(?:soy|es) de (?<value>\p{Lu}.+)$/u, slots: { value: 'origin' }, read: { value: placeOf } },
    { pattern: /^(?:trabajo|trabaja) (?:como|de) (?<value>.+?)(?: (?:en|para) (?<org>\p{Lu}.+))?$/u, slots: { value: 'work', org: 'employer' }, read: { value: plain, org: plain } },
    { pattern: /^(?:trabajo|trabaja) (?:en|para) (?<value>\p{Lu}.+)$/u, slots: { value: 'employer' }, read: { value: plain } },
    { pattern: /^(?:dejé|dejó) (?:mi trabajo (?:en )?)?(?<value>\p{Lu}.+)$/u, slots: { value: 'employer' }, read: { value: plain }, ended: true, onlyIfKnown: true },
    { pattern: /^(?:me llamo|se llama) (?<value>\p{Lu}.*)$/u, slots: { value: 'name' }, read: { value: nameOf } },
    { pattern: /^(?:soy|es) (?:muy )?alérgic[oa] (?:a la |al |a los |a las |a )(?<value>.+)$/iu, slots: { value: 'allergy' }, read: { value: (raw) => things(raw.replace(/ y (?:a la |al |a los |a las |a )/giu, ' y ')) } },
    { pattern: /^(?:me|le|nos) (?:gustan?|encantan?) (?<value>.+)$|^(?:amo|ama) (?<loved>.+)$/iu, slots: { value: 'likes', loved: 'likes' }, read: { value: liked, loved: liked }, denied: 'dislikes' },
    { pattern: /^(?:odio|odia|detesto|detesta) (?<value>.+)$/iu, slots: { value: 'dislikes' }, read: { value: liked } },
    { pattern: /^(?:prefiero|prefiere) (?<value>.+?)(?: (?:a|al|que|antes que) .+)?$/iu, slots: { value: 'prefers' }, read: { value: liked } },
    { pattern: /^(?:estoy|está) aprendiendo (?:a )?(?<value>.+)$|^aprendo (?<learnt>.+)$/iu, slots: { value: 'learning', learnt: 'learning' }, read: { value: things, learnt: things } },
    { pattern: /^(?:hablo|habla) (?<value>(?:inglés|alemán|francés|español|portugués|italiano|ruso|chino|japonés|árabe|catalán|polaco)(?:(?:,| y) \p{L}+)*)$/iu, slots: { value: 'speaks' }, read: { value: things } },
    { pattern: /^(?:tengo|tiene|tenemos) (?<value>(?:una?|dos|tres|cuatro) (?:perr[oa]s?|gat[oa]s?|caballos?|hij[oa]s?|coche|carro|moto|bicicleta|casa|piso|apartamento|jardín|piano|guitarra|herman[oa]s?))(?: (?:que se llama|llamad[oa]) .+)?$/iu, slots: { value: 'has' }, read: { value: plain } },
    { pattern: /^(?:vendí|vendió) (?:mi|nuestr[oa]|su) (?<value>.+)$/iu, slots: { value: 'has' }, read: { value: plain }, ended: true },
    { pattern: /^(?:estoy|está|estamos|soy|es) (?<value>casad[oa]s?|divorciad[oa]s?|solter[oa]|viud[oa]|prometid[oa])(?: (?:con|desde) .+)?$/iu, slots: { value: 'status' }, read: { value: plain } },
    { pattern: /^(?:soy|es) (?<value>vegetarian[oa]|vegan[oa]|celíac[oa])$/iu, slots: { value: 'diet' }, read: { value: plain } },
  ],
  wholeRules: [
    { pattern: /^mi nombre es (?<value>.+)$/iu, slots: { value: 'name' }, read: { value: nameOf } },
    { pattern: /^(?:llámame|puedes llamarme) (?<value>\p{Lu}.*)$/iu, slots: { value: 'called' }, read: { value: nameOf } },
    { pattern: /^mi cumpleaños es (?:el )?(?<value>.+)$/iu, slots: { value: 'birthday' }, read: { value: dateOf } },
    { pattern: /^mi color favorito es (?:el )?(?<value>.+)$/iu, slots: { value: 'favourite colour' }, read: { value: plain } },
    { pattern: /^mi (?:comida favorita|plato favorito) (?:es|son) (?:el |la |los |las )?(?<value>.+)$/iu, slots: { value: 'favourite food' }, read: { value: plain } },
    { pattern: /^mi película favorita es (?<value>.+)$/iu, slots: { value: 'favourite film' }, read: { value: plain } },
    { pattern: /^mi libro favorito es (?<value>.+)$/iu, slots: { value: 'favourite book' }, read: { value: plain } },
  ],
};
