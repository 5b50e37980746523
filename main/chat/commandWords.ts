/** The forms of what is asked of memory in German, French, Spanish and Japanese, the languages in which claims are read. Pure. */
import { correct, forget, known, lastSaid as last, remember, type Form } from './commandForms.ts';

const end = '[\\s.!?…]*$';
const value = '(?<value>[^,.;!?]{1,60}?)';
const instead = '(?<instead>[^,.;!?]{1,60}?)';
const form = (body: string): RegExp => new RegExp(`^${body}${end}`, 'isu');
const all = (body: string): RegExp => new RegExp(`^${body}$`, 'isu');

const lastSaid: Form[1] = () => last;
const everything: Form[1] = () => ({ kind: 'forget-everything' });
const owner: Form[1] = () => ({ kind: 'known', who: null });
const topic: Form[1] = ({ about }) => forget(about, true);
const person: Form[1] = ({ who }) => known(who);
const told: Form[1] = ({ said }) => remember(said, false);
const corrected: Form[1] = ({ value: right, instead: wrong }) => correct(right, wrong);

const de = '(?:(?:bitte|hallo|hey|ok|okay|also|und)[\\s,!.]+)*';
const german: readonly Form[] = [
  [all(`${de}(?:merke? dir|denk(?:e)? (?:bitte )?daran|vergiss (?:bitte )?nicht|behalte|notiere|notier dir)(?: bitte)?(?:,? dass |\\s*[:,]\\s*)(?<said>.+)`), told],
  [form(`${de}vergiss (?:bitte )?(?:alles,? (?:was du )?(?:über|von) mi(?:ch|r)(?: weißt)?|alles,? was (?:du (?:weißt|über mich weißt)|ich (?:dir )?(?:je )?(?:gesagt|erzählt) habe))`), everything],
  [form(`${de}vergiss (?:bitte )?(?:das|dies|was ich (?:gerade|eben|zuletzt|dir (?:gerade|eben)) (?:gesagt|erzählt|geschrieben) habe)(?: wieder| bitte)?`), lastSaid],
  [form(`${de}vergiss (?:bitte )?(?:alles,? )?was (?:ich (?:dir )?|du )(?:über|von|zu) (?:meine?[nrsm]? |unsere?[nrsm]? )?(?<about>.+?) (?:gesagt habe|erzählt habe|weißt)`), topic],
  [form(`${de}vergiss (?:bitte )?alles über (?:meine?[nrsm]? |unsere?[nrsm]? )?(?<about>.+?)`), topic],
  [form(`${de}was (?:alles )?(?:weißt|weisst) du (?:alles |schon |noch )?(?:über|von) (?:mich|mir|uns)`), owner],
  [form(`${de}was hast du dir (?:alles )?(?:über mich )?gemerkt`), owner],
  [form(`${de}was (?:weißt|weisst) du (?:alles |schon )?über (?<who>.+?)`), person],
  [form(`(?:nein|falsch|stimmt nicht|eigentlich|moment)[\\s,.!:;–—-]+(?:(?:es|das|er|sie) (?:ist|war|heißt)|ich meinte|am)? ?${value},? (?:und )?nicht (?:am |in |im )?${instead}`), corrected],
  [form(`(?:nein|falsch|stimmt nicht)[\\s,.!:;–—-]+nicht (?:am |in |im )?${instead},? sondern (?:am |in |im )?${value}`), corrected],
  [form(`(?:nein|falsch|stimmt nicht)[\\s,.!:;–—-]+(?:(?:es|das) (?:ist|war)|ich meinte) (?:am |in )?${value}`), corrected],
];

const fr = "(?:(?:s'il te plaît|stp|salut|bonjour|ok|alors|et)[\\s,!.]+)*";
const french: readonly Form[] = [
  [all(`${fr}(?:souviens-toi|rappelle-toi|retiens|note|n'oublie pas|garde en tête)(?: bien)?(?: que | qu'|\\s*[:,]\\s*)(?<said>.+)`), told],
  [form(`${fr}oublie tout(?: (?:ce que tu sais (?:sur|de) moi|sur moi|ce que je t'ai dit))`), everything],
  [form(`${fr}oublie (?:ça|cela|ceci|ce que je viens de (?:dire|te dire))`), lastSaid],
  [form(`${fr}oublie (?:tout )?ce que (?:je t'ai (?:dit|raconté)|tu sais) (?:sur|de|à propos de|au sujet de) (?:(?:ma|mon|mes|notre|nos) |l'|la |le |les )?(?<about>.+?)`), topic],
  [form(`${fr}(?:que sais-tu|qu'est-ce que tu sais|tu sais quoi|dis-moi ce que tu sais) (?:sur|de|à propos de) moi`), owner],
  [form(`${fr}(?:que sais-tu|qu'est-ce que tu sais|dis-moi ce que tu sais) (?:sur|de|à propos de) (?<who>.+?)`), person],
  [form(`(?:non|faux|en fait|pardon)[\\s,.!:;–—-]+(?:c'est|c'était|il est|elle est|je voulais dire)? ?${value},? (?:et )?pas (?:à |le )?${instead}`), corrected],
  [form(`(?:non|faux|pardon)[\\s,.!:;–—-]+pas (?:à |le )?${instead},? (?:mais )?(?:c'est )?${value}`), corrected],
  [form(`(?:non|faux)[\\s,.!:;–—-]+(?:c'est|c'était|je voulais dire) ${value}`), corrected],
];

const es = '(?:[¿¡]*(?:por favor|hola|oye|ok|vale|y)[\\s,!.]+)*[¿¡]*';
const spanish: readonly Form[] = [
  [all(`${es}(?:recuerda|acuérdate de|no olvides|ten en cuenta|apunta|anota)(?: bien)?(?: que |\\s*[:,]\\s*)(?<said>.+)`), told],
  [form(`${es}olvida todo (?:lo que sabes (?:de|sobre) mí|sobre mí|lo que te (?:he dicho|dije))`), everything],
  [form(`${es}olvida (?:eso|esto|lo que (?:te )?(?:acabo de decir(?:te)?|he dicho|dije))`), lastSaid],
  [form(`${es}olvida (?:todo )?lo que (?:te (?:he dicho|dije|conté|he contado)|sabes) (?:sobre|de|acerca de) (?:(?:mi|mis|nuestr[oa]s?|el|la|los|las) )?(?<about>.+?)`), topic],
  [form(`${es}(?:qué sabes|dime (?:lo )?que sabes|qué recuerdas) (?:de|sobre|acerca de) mí`), owner],
  [form(`${es}(?:qué sabes|dime (?:lo )?que sabes) (?:de|sobre|acerca de) (?<who>.+?)`), person],
  [form(`(?:no|falso|en realidad|perdón)[\\s,.!:;–—-]+(?:es|está|era|quería decir)? ?${value},? (?:y )?no (?:en |el )?${instead}`), corrected],
  [form(`(?:no|falso)[\\s,.!:;–—-]+(?:es|era|quería decir) (?:el )?${value}`), corrected],
];

const ja = '(?:(?:ねえ|あの|じゃあ|では|すみません)[、,\\s]*)*';
const ask = '(?:ください|下さい|ね|よ|お願い|くれる|もらえる|くれますか|もらえますか)*[。！!？?\\s]*$';
const japanese: readonly Form[] = [
  [new RegExp(`^${ja}(?<said>.{4,}?)(?:ということ|こと)?(?:を|と|って)(?:ちゃんと)?(?:覚えて(?:おいて|いて|て)?|記憶して(?:おいて)?|忘れないで)${ask}`, 'su'), told],
  [new RegExp(`^${ja}(?:それ|これ|今の|いまの|さっきの|今言ったこと|さっき言ったこと)(?:話|こと)?(?:は|を)?(?:もう)?忘れて${ask}`, 'su'), lastSaid],
  [new RegExp(`^${ja}(?:私|わたし|僕|ぼく|俺)(?:のこと|について)?(?:は|を)?(?:全部|すべて|全て)忘れて${ask}`, 'su'), everything],
  [new RegExp(`^${ja}(?<about>.{1,20}?)(?:について|のこと)(?:(?:話した|言った|伝えた|教えた|知っている|知ってる)こと)?(?:は|を)?(?:全部|すべて|全て)?忘れて${ask}`, 'su'), topic],
  [new RegExp(`^${ja}(?:私|わたし|僕|ぼく|俺)(?:について|のこと)(?:を|は)?(?:何|なに)を?(?:知って|覚えて)(?:いますか|ますか|いる|る|るの|いるの)?[。？?\\s]*$`, 'su'), owner],
  [new RegExp(`^${ja}(?<who>.{1,20}?)(?:について|のこと)(?:を|は)?(?:何|なに)を?(?:知って|覚えて)(?:いますか|ますか|いる|る|るの|いるの)?[。？?\\s]*$`, 'su'), person],
  [/^(?:いいえ|いや|違います|違う|ちがう|実は)[、。,\s]*(?<value>[^、。,]{1,30}?)(?:です|だよ|だ)?[、,](?<instead>[^、。,]{1,30}?)(?:じゃ|では)(?:ない|ありません|なく)(?:です|よ|て)?[。！!\s]*$/su, corrected],
  [/^(?:いいえ|いや|違います|違う|ちがう|実は)[、。,\s]*(?<instead>[^、。,]{1,30}?)(?:じゃ|では)なく(?:て)?[、,]?(?<value>[^、。,]{1,30}?)(?:です|だよ|だ)?[。！!\s]*$/su, corrected],
  [/^(?:いいえ|違います)[、。,\s]*(?<value>[^、。,]{1,30}?)(?:です|だよ)[。！!\s]*$/su, corrected],
];

export const foreignForms: readonly Form[] = [...german, ...french, ...spanish, ...japanese];
