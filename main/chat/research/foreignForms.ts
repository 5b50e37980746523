/** The forms of what is to be gathered in German, French, Spanish and Japanese: the main ones of each kind. Pure. */
import type { Form } from './form.ts';

const form = (lead: string, body: string): RegExp => new RegExp(`^${lead}${body}[\\s.!?…]*$`, 'isu');

const de = '(?:(?:bitte|hallo|hey|ok|okay|also|und|kannst du(?: mir)?|könntest du(?: mir)?)[\\s,!.]+)*';
const wroteDe = '(?:(?:das,? )?was ich (?:über|zu|von)|(?:alle )?meine (?:notizen|gedanken|ideen) (?:über|zu|zum|zur|von|vom)|alles (?:über|zu|zum|zur))';
const writtenDe = '(?: (?:geschrieben|notiert|gesagt|festgehalten|aufgeschrieben)(?: habe)?)?';
const german: Form[] = [
  { pattern: form(de, `vergleich(?:e)?(?: mir)?(?: bitte)?,? (?:${wroteDe} )?(?<a>.+?) (?:und|mit) (?:${wroteDe} )?(?<b>.+?)${writtenDe}(?: miteinander)?`), kind: 'compare' },
  { pattern: form(de, '(?:was (?:ist|sind)|nenne?(?: mir)?|zeig mir) (?:der|die) (?:unterschiede?|gemeinsamkeiten) (?:zwischen|von) (?<a>.+?) und (?<b>.+?)'), kind: 'compare' },
  { pattern: form(de, 'worin unterscheide(?:n|t) sich (?<a>.+?) (?:und|von) (?<b>.+?)'), kind: 'compare' },
  { pattern: form(de, 'was hat sich(?: alles)?(?: (?:bei|an|in|beim|mit|zu|zum|zur|im) (?<about>.+?))? (?:geändert|verändert|getan)'), kind: 'change' },
  { pattern: form(de, 'wie (?:hat|haben) sich (?<about>.+?) (?:geändert|verändert|entwickelt)'), kind: 'change' },
  { pattern: form(de, '(?:habe ich|wann habe ich) meine meinung (?:über|zu|zum|zur) (?<about>.+?) geändert'), kind: 'change' },
  { pattern: form(de, 'wann (?:habe|bin|war|hatte) ich (?:das letzte mal|zum letzten mal|zuletzt) (?<about>.+?)'), kind: 'when' },
  { pattern: form(de, 'wann (?:habe|bin|war|hatte) ich (?<about>.+?) (?:das letzte mal|zum letzten mal|zuletzt)(?: .+)?'), kind: 'when' },
  { pattern: form(de, 'wann (?:habe|bin|war) ich (?:das erste mal|zum ersten mal) (?<about>.+?)'), kind: 'when', end: 'first' },
  { pattern: form(de, 'wie oft (?:habe|bin|war) ich (?<about>.+?)'), kind: 'list', counts: true },
  { pattern: form(de, '(?:liste|zähle?|nenne?)(?: mir)?(?: bitte)? (?:alle[ns]? )?(?<about>.+?)(?: auf)?'), kind: 'list' },
  { pattern: form(de, '(?:zeige?(?: mir)?|gib mir|mach(?:e)?(?: mir)?) (?:alle|eine liste (?:aller|von|der|mit)) (?<about>.+?)'), kind: 'list' },
  { pattern: form(de, `(?:fass(?:e)?)(?: mir)?(?: bitte)? (?:${wroteDe} )?(?<about>.+?)${writtenDe},? zusammen`), kind: 'summary' },
  { pattern: form(de, '(?:gib mir |mach(?:e)? )?(?:eine |einen )?(?:zusammenfassung|überblick|übersicht) (?:von |über |zu |zum |zur )(?:alle[mns]?(?: über| zu)? )?(?<about>.+?)'), kind: 'summary' },
  { pattern: form(de, 'was (?:habe ich|hab ich) (?:alles )?(?:über|zu|zum|zur) (?<about>.+?) (?:geschrieben|notiert|festgehalten|aufgeschrieben)'), kind: 'summary' },
];

const fr = "(?:(?:s'il te plaît|stp|salut|bonjour|ok|alors|et|peux-tu|pourrais-tu|tu peux)[\\s,!.]+)*";
const wroteFr = "(?:ce que j'ai (?:écrit|noté|dit)(?: (?:sur|de|à propos de|au sujet de))|(?:toutes )?mes (?:notes|idées|pensées) (?:sur|de))";
const french: Form[] = [
  { pattern: form(fr, `comparer? (?:${wroteFr} )?(?<a>.+?) (?:et|avec|à) (?:${wroteFr} )?(?<b>.+?)`), kind: 'compare' },
  { pattern: form(fr, "(?:quelles? (?:est|sont)|qu'est-ce que|donne-moi|montre-moi)? ?(?:la |les )?(?:différences?|points communs|ressemblances) entre (?<a>.+?) et (?<b>.+?)"), kind: 'compare' },
  { pattern: form(fr, "(?:qu'est-ce qui a|qu'a|ce qui a) (?:changé|évolué)(?: (?:dans|pour|avec|sur|concernant|à propos de|au sujet de) (?<about>.+?))?"), kind: 'change' },
  { pattern: form(fr, "comment (?:a|ont) (?:évolué|changé) (?<about>.+?)"), kind: 'change' },
  { pattern: form(fr, "comment (?<about>.+?) (?:a|ont)(?:-t-(?:il|elle)|-t-on|-ils|-elles)? (?:évolué|changé)"), kind: 'change' },
  { pattern: form(fr, "quand (?:ai-je|est-ce que j'ai|suis-je|j'ai|est-ce que je suis) (?<about>.+?) (?:pour la dernière fois|la dernière fois|en dernier)"), kind: 'when' },
  { pattern: form(fr, "(?:quand (?:était|est)(?:-ce)?|c'était quand|de quand date) la dernière fois (?:que j'ai|que je suis|que je|où j'ai) ?(?<about>.+?)"), kind: 'when' },
  { pattern: form(fr, "quand (?:ai-je|est-ce que j'ai|suis-je) (?<about>.+?) pour la première fois"), kind: 'when', end: 'first' },
  { pattern: form(fr, "combien de fois (?:ai-je|est-ce que j'ai|suis-je) (?<about>.+?)"), kind: 'list', counts: true },
  { pattern: form(fr, '(?:liste|énumère|donne-moi|montre-moi|fais(?:-moi)?) (?:(?:la|une) liste (?:de|des|du|d\') ?)?(?:tous |toutes )?(?<about>.+?)'), kind: 'list' },
  { pattern: form(fr, `(?:résume|récapitule)(?:-moi)? (?:${wroteFr}|tout(?: ce que je sais)? (?:sur|ce qui concerne|au sujet de))? ?(?<about>.+?)`), kind: 'summary' },
  { pattern: form(fr, "(?:fais(?:-moi)? |donne-moi )?(?:un |une )?(?:résumé|synthèse|aperçu) (?:de |du |des |sur )(?:mes notes sur |tout sur )?(?<about>.+?)"), kind: 'summary' },
  { pattern: form(fr, "qu'(?:ai-je|est-ce que j'ai) (?:écrit|noté) (?:sur|à propos de|au sujet de) (?<about>.+?)"), kind: 'summary' },
];

const es = '(?:[¿¡]*(?:por favor|hola|oye|ok|vale|y|puedes|podrías)[\\s,!.]+)*[¿¡]*';
const wroteEs = '(?:lo que (?:he )?(?:escrito|escribí|anotado|anoté|dicho|dije) (?:sobre|de|acerca de)|(?:todas )?mis (?:notas|ideas) (?:sobre|de))';
const spanish: Form[] = [
  { pattern: form(es, `compara(?:r|me)? (?:${wroteEs} )?(?<a>.+?) (?:y|con|e) (?:${wroteEs} )?(?<b>.+?)`), kind: 'compare' },
  { pattern: form(es, '(?:qué|cuáles? (?:es|son)|dime)? ?(?:la |las )?(?:diferencias?|semejanzas)(?: hay)? entre (?<a>.+?) y (?<b>.+?)'), kind: 'compare' },
  { pattern: form(es, 'qué (?:ha cambiado|cambió|cambiaba)(?: (?:en|con|de|sobre|respecto a) (?<about>.+?))?'), kind: 'change' },
  { pattern: form(es, 'cómo (?:ha|han) (?:cambiado|evolucionado) (?<about>.+?)'), kind: 'change' },
  { pattern: form(es, 'cuándo (?:fue )?(?:la última vez que|por última vez) (?:he |me )?(?<about>.+?)'), kind: 'when' },
  { pattern: form(es, 'cuándo (?<about>.+?) (?:por última vez|la última vez)'), kind: 'when' },
  { pattern: form(es, 'cuándo (?:fue )?(?:la primera vez que|por primera vez) (?:he |me )?(?<about>.+?)'), kind: 'when', end: 'first' },
  { pattern: form(es, 'cuántas veces (?:he |me )?(?<about>.+?)'), kind: 'list', counts: true },
  { pattern: form(es, '(?:lista|enumera|muéstrame|dame|haz(?:me)?) (?:(?:una |la )?lista de )?(?:todos |todas )?(?<about>.+?)'), kind: 'list' },
  { pattern: form(es, `(?:resume|resúmeme|sintetiza) (?:${wroteEs}|todo (?:sobre|lo de|acerca de))? ?(?<about>.+?)`), kind: 'summary' },
  { pattern: form(es, '(?:hazme |haz |dame )?(?:un )?(?:resumen) (?:de |sobre )(?:mis notas sobre |todo sobre )?(?<about>.+?)'), kind: 'summary' },
  { pattern: form(es, 'qué (?:he escrito|escribí|he anotado|anoté) (?:sobre|de|acerca de) (?<about>.+?)'), kind: 'summary' },
];

const ask = '(?:て|てください|て下さい|てくれ|てほしい|てもらえますか|てくれますか|ください|お願いします)?';
const ja = '(?:(?:ねえ|あの|じゃあ|では|すみません|私の|メモの中で|ノートで|メモで)[、,\\s]*)*';
const japaneseForm = (body: string): RegExp => new RegExp(`^${ja}${body}[。！!？?\\s]*$`, 'su');
const japanese: Form[] = [
  { pattern: japaneseForm(`(?<a>[^とを]{1,30}?)と(?<b>[^を]{1,30}?)(?:について(?:書いた|のメモ)?(?:こと|の)?)?を?(?:比較し|比べ)${ask}`), kind: 'compare' },
  { pattern: japaneseForm('(?<a>[^との]{1,30}?)と(?<b>.{1,30}?)の(?:違い|相違点|共通点)(?:は(?:何|なに)?(?:ですか)?|を教えて(?:ください)?)?'), kind: 'compare' },
  { pattern: japaneseForm('(?:(?<about>.{1,30}?)(?:について|に関して|で|は))?(?:何|なに|どこ)が(?:変わった|変わりました|変化した|変化しました)(?:か|の)?'), kind: 'change' },
  { pattern: japaneseForm('(?<about>.{1,30}?)(?:は|が)どう(?:変わった|変わりました|変化した|変化しました)(?:か|の)?'), kind: 'change' },
  { pattern: japaneseForm('(?:最後に|前回|この前)(?<about>.{1,40}?)(?:た|だ)?(?:の)?は?いつ(?:ですか|でしたか|だった|か)?'), kind: 'when' },
  { pattern: japaneseForm('(?:初めて|最初に)(?<about>.{1,40}?)(?:た|だ)?(?:の)?は?いつ(?:ですか|でしたか|だった|か)?'), kind: 'when', end: 'first' },
  { pattern: japaneseForm('(?<about>.{1,40}?)(?:を|は)?(?:何回|何度).{0,12}'), kind: 'list', counts: true },
  { pattern: japaneseForm(`(?<about>.{1,40}?)(?:を|の)?(?:すべて|全部|全て|一覧)(?:を|に)?(?:リストアップし|リストにし|列挙し|挙げ|教え|見せ|し)${ask}`), kind: 'list' },
  { pattern: japaneseForm(`(?<about>.{1,40}?)(?:について|に関して)?(?:書いた|メモした)?(?:の|こと|すべて|全て|全部)*(?:を|も)?(?:要約し|まとめ|整理し)${ask}`), kind: 'summary' },
];

export const foreignForms: readonly Form[] = [...german, ...french, ...spanish, ...japanese];
