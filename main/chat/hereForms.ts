/** The forms in which something is to be remembered in this conversation only, in the languages in which claims are read. Pure. */
import { rememberHere, type Form } from './commandForms.ts';

/** Whatever follows is kept. */
const here = (body: string): Form => [new RegExp(`^${body}(?<said>.+)$`, 'isu'), ({ said }) => rememberHere(said)];
/** As the last words: looked for in short messages only, since every place of a long one would be tried. */
const hereLast = (body: string, where: string): Form => [new RegExp(`^${body}(?<said>.+?)[\\s,(–—]+${where}\\)?[\\s.!]*$`, 'isu'), ({ said }) => rememberHere(said)];
const lead = (words: string): string => `(?:(?:${words})[\\s,!.]+)*`;
const then = '\\s*[:–—]\\s*';

const en = lead("hey|hi|hello|ok|okay|well|so|oh|and|also|please|engram|by the way|btw|(?:can|could|would|will) you|i(?:'d like| want) you to");
const enKeep = "(?:remember|don't forget|do not forget|keep in mind|bear in mind|make a note|take note|note)(?: this| it| the following)?";
const enHere = '(?:(?:but )?(?:only|just) (?:(?:in|for|within) this (?:conversation|chat)|here)|(?:in|for|within) this (?:conversation|chat)(?: only| alone)|here only)';
const english = [
  here(`${en}${enKeep}[\\s,]+${enHere}(?:,? that\\s+|${then}|,\\s*)`),
  here(`${en}${enHere}[\\s,:]+(?:please )?${enKeep}(?:,? that\\s+|${then})`),
  here(`${en}keep (?:this|it|the following|what follows) (?:(?:only |just )?here|(?:only |just )?(?:to|in|within) this (?:conversation|chat))(?: only| alone)?${then}`),
];

const de = lead('bitte|hallo|hey|ok|okay|also|und');
const deKeep = '(?:merke? dir|denke? daran|vergiss nicht|behalte|notiere|notier dir)(?: bitte)?(?: das| dies| es)?';
const deHere = '(?:aber )?nur (?:hier|in (?:diesem gespräch|dieser unterhaltung|diesem chat)|für (?:dieses gespräch|diese unterhaltung|diesen chat))';
const german = [
  here(`${de}${deKeep}[\\s,]+${deHere}(?:,? dass\\s+|${then}|,\\s*)`),
  here(`${de}${deHere}[\\s,:]+(?:bitte )?${deKeep}(?:,? dass\\s+|${then})`),
  here(`${de}behalte? (?:das|dies|es) (?:hier|in (?:diesem gespräch|dieser unterhaltung|diesem chat))${then}`),
];

const fr = lead("s'il te plaît|stp|salut|bonjour|ok|alors|et");
const frKeep = "(?:souviens-toi|rappelle-toi|retiens|note|n'oublie pas|garde en tête)(?: bien)?(?: ceci| cela| ça)?";
const frHere = '(?:mais )?(?:seulement|uniquement|juste) (?:ici|(?:dans|pour) cette (?:conversation|discussion))';
const french = [
  here(`${fr}${frKeep}[\\s,]+${frHere}(?:,? (?:que\\s+|qu')|${then}|,\\s*)`),
  here(`${fr}${frHere}[\\s,:]+${frKeep}(?: que\\s+| qu'|${then})`),
  here(`${fr}garde (?:ça|cela|ceci) (?:ici|dans cette (?:conversation|discussion))${then}`),
];

const es = `[¿¡]*${lead('por favor|hola|oye|ok|vale|y')}[¿¡]*`;
const esKeep = '(?:recuerda|acuérdate de|no olvides|ten en cuenta|apunta|anota)(?: bien)?(?: esto| eso)?';
const esHere = '(?:pero )?(?:solo|sólo|solamente|únicamente) (?:aquí|(?:en|para) esta (?:conversación|charla))';
const spanish = [
  here(`${es}${esKeep}[\\s,]+${esHere}(?:,? que\\s+|${then}|,\\s*)`),
  here(`${es}${esHere}[\\s,:]+${esKeep}(?: que\\s+|${then})`),
  here(`${es}guarda (?:esto|eso) (?:aquí|en esta (?:conversación|charla))${then}`),
];

const ja = '(?:(?:ねえ|あの|じゃあ|では|すみません)[、,\\s]*)*';
const jaHere = '(?:この(?:会話|チャット|話)|ここ)(?:の(?:中|なか))?(?:で)?だけ(?:で|に|は)?';
const jaKeep = '(?:覚えて(?:おいて|いて|て)?|記憶して(?:おいて)?|忘れないで)(?:ください|下さい|ね|よ)*';
const japanese = [
  here(`${ja}${jaHere}[、,\\s]*${jaKeep}[。、：:\\s]+`),
];

/** Told by how a message begins, however long it is. */
export const hereForms: readonly Form[] = [...english, ...german, ...french, ...spanish, ...japanese];

export const shortHereForms: readonly Form[] = [
  hereLast(`${en}${enKeep}(?:,? that\\s+|${then}|\\s+(?=(?:my|our|i|i'm|we)\\b))`, enHere),
  hereLast(`${de}${deKeep}(?:,? dass\\s+|${then})`, deHere),
  hereLast(`${fr}${frKeep}(?: que\\s+| qu'|${then})`, frHere),
  hereLast(`${es}${esKeep}(?: que\\s+|${then})`, esHere),
  [new RegExp(`^${ja}${jaHere}[、,：:\\s]*(?<said>.{2,}?)(?:ということ|こと)?(?:を|と|って)(?:ちゃんと)?${jaKeep}[。！!\\s]*$`, 'su'), ({ said }) => rememberHere(said)],
];
