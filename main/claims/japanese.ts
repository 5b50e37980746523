import type { Language, Predicate } from './pattern.ts';
import { dateOf } from './values.ts';

const relations = {
  母: 'mother', お母さん: 'mother', 父: 'father', お父さん: 'father', 姉: 'sister', 妹: 'sister', 兄: 'brother', 弟: 'brother', 妻: 'wife', 夫: 'husband', 娘: 'daughter',
  息子: 'son', 祖母: 'grandmother', 祖父: 'grandfather', 友達: 'friend', 友人: 'friend', 彼女: 'girlfriend', 彼氏: 'boyfriend', 犬: 'dog', 猫: 'cat', 上司: 'boss',
};
const relation = Object.keys(relations).join('|');
const word = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー・\\p{L}\\p{N} ]{1,20}?';
const one = { value: (raw: string): string[] => (/^(?:それ|これ|あれ|ここ|そこ|何|誰|どこ|あなた|君|こと|の|人)|[のをがはに]$/u.test(raw.trim()) ? [] : [raw.trim()]) };

function polarity(rest: string): Predicate {
  const text = rest.trim().replace(/^(?:今|今は|いまは|現在|最近|先月|去年|昨日|実は|本当に|とても)[、は]?\s*/u, '');
  const ended = /もう|(?:なく|なくな)(?:りまし|っ)た/u.test(text);
  const denied = !ended && /(?:ません|ない(?:です)?|じゃない|ではない|ではありません|じゃありません)$/u.test(text);
  return { text: text.replace(/^もう、?/u, '').replace(/はもう/u, 'は'), denied, ended, change: /^今は?/u.test(rest.trim()) };
}

const topic = '(?:は|が|も)?、?';

export const japanese: Language = {
  lead: /^(?:はい|いいえ|ちなみに|実は|あの|えっと|そして|でも|覚えておいて)[、,。\s]*/u,
  unsure: /かもしれ|思う|と思います|たいです|たい$|だろう|でしょう|そうです$|らしい/u,
  iImplied: '私は',
  owner: new RegExp(`^(?:(?:私|わたし|僕|ぼく|俺|うち)(?:は|も|が)、?)?(?<rest>(?!(?:私|僕|俺)の)(?!${relation}).*(?:です|ます|した|だ|る|た|い|ません|で)よ?ね?)$`, 'u'),
  other: new RegExp(`^(?:私の|僕の|俺の|うちの)?(?<relation>${relation})(?:の(?<name>(?!名前|誕生日)[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー]{1,8}?)(?:さん|ちゃん|君)?)?(?:は|が)、?(?<rest>.*)$`, 'u'),
  relations,
  polarity,
  rules: [
    { pattern: new RegExp(`^(?<value>${word})に(?:住んで(?:いません|いない|ない|います|いる|ます|る|いた)|住んでいます)`, 'u'), slots: { value: 'home' }, read: one },
    { pattern: new RegExp(`^(?:${word}から)?(?<value>${word})(?:に|へ)引っ越し(?:ました|た)`, 'u'), slots: { value: 'home' }, read: one, change: true },
    { pattern: new RegExp(`^(?<value>${word})(?:の)?出身(?:です|だ)`, 'u'), slots: { value: 'origin' }, read: one },
    { pattern: new RegExp(`^(?<value>${word})として働いて(?:います|いる|る)`, 'u'), slots: { value: 'work' }, read: one },
    { pattern: new RegExp(`^(?<value>${word})(?:で働いて|に勤めて)(?:います|いる|ます|る)`, 'u'), slots: { value: 'employer' }, read: one },
    { pattern: new RegExp(`^(?<value>${word})(?:の)?アレルギー(?:があります|がある|です|だ|ではありません|じゃない|はありません|はない|がありません)`, 'u'), slots: { value: 'allergy' }, read: one },
    { pattern: new RegExp(`^(?<value>${word})(?:が|は)(?:大)?好き(?:です|だ|$|ではありません|じゃない|ではない|じゃありません)`, 'u'), slots: { value: 'likes' }, read: one, denied: 'dislikes' },
    { pattern: new RegExp(`^(?<value>${word})(?:が|は)(?:大?嫌い|苦手)(?:です|だ|$)`, 'u'), slots: { value: 'dislikes' }, read: one },
    { pattern: new RegExp(`^(?<value>${word})を(?:勉強して|習って|学んで)(?:います|いる|る)`, 'u'), slots: { value: 'learning' }, read: one },
    { pattern: new RegExp(`^(?<value>${word})を(?:飼って|持って)(?:います|いる|る)`, 'u'), slots: { value: 'has' }, read: one },
    { pattern: /^結婚して(?:います|いる)|^結婚しました/u, slots: { status: 'status' }, fixed: '結婚' },
    { pattern: /^離婚しま?した/u, slots: { status: 'status' }, fixed: '離婚' },
    { pattern: new RegExp(`^(?<value>${word})と(?:申します|いいます|言います)`, 'u'), slots: { value: 'name' }, read: one },
  ],
  wholeRules: [
    { pattern: new RegExp(`^(?:私|僕|俺|わたし)の名前は(?<value>${word})(?:です|だ|といいます)`, 'u'), slots: { value: 'name' }, read: one },
    { pattern: new RegExp(`^(?<value>${word})と(?:呼んで(?:ください|ね|$))`, 'u'), slots: { value: 'called' }, read: one },
    { pattern: new RegExp(`^(?:(?:私|僕|俺)の)?誕生日${topic}(?<value>.+?)(?:です|だ)`, 'u'), slots: { value: 'birthday' }, read: { value: dateOf } },
    { pattern: new RegExp(`^(?:(?:私|僕|俺)の)?好きな色${topic}(?<value>${word})(?:です|だ)`, 'u'), slots: { value: 'favourite colour' }, read: one },
    { pattern: new RegExp(`^(?:(?:私|僕|俺)の)?好きな食べ物${topic}(?<value>${word})(?:です|だ)`, 'u'), slots: { value: 'favourite food' }, read: one },
  ],
};
