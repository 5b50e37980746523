/** What must not become a claim as it stands: secrets, and orders to the assistant. Pure. */
import { hiddenIn, readings } from './readings.ts';

const secretWords =
  /\b(?:pass ?words?|passcode|pass ?phrase|pin(?: code| number)?|(?:door|gate|alarm|entry|access|security|lock|zip|post|verification|recovery|backup|discount|sort|bank) ?codes?|code is|combination|cvv|cvc|iban|bic|(?:account|card|phone|mobile|cell|telephone|passport|insurance|licen[cs]e|registration|tax|customer|member(?:ship)?|social security|reference|serial|order|booking|room)(?: id)? ?(?:number|no\b|nr\b)|ssn|passport|licen[cs]e plate|number plate|plate|registration|token|api key|secret|seed phrase|e-?mail|login|user ?name|wi-?fi|credentials?|passwort|kennwort|geheimzahl|telefonnummer|handynummer|kennzeichen|kontonummer|mot de passe|code secret|num[ée]ro de|plaque|contrase[ñn]a|clave|tel[ée]fono es|n[úu]mero de|matr[íi]cula)\b|パスワード|暗証番号|電話番号|口座番号/iu;

/** Long numbers, codes of letters and digits, addresses of mail. */
export function looksSecret(clause: string, value: string): boolean {
  if (secretWords.test(clause)) return true;
  if (/\S@\S/u.test(value)) return true;
  const digits = value.replace(/\b(?:19|20)\d\d\b/gu, '').replace(/\D/gu, '').length;
  return digits >= 5 || value.split(/\s+/u).some(isCode);
}

const isCode = (word: string) => word.length >= 6 && /\d/u.test(word) && /\p{L}/u.test(word) && !/^\d+(?:st|nd|rd|th|mg|ml|cm|kg|km|e|er|ère)?$/iu.test(word) && !/^[\d./-]+$/u.test(word);

const orders = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:previous|prior|above|earlier|all|any|your|the|these|those)\b.{0,30}\b(?:instruction|rule|prompt|message|guideline|limit|safety|polic|order|everything)/iu,
  // Whoever says what they themselves always do gives no order.
  /(?<!\b(?:I|we|he|she|they|who|you've|I've|we've|has|have|had|'d|will)\s)\b(?:always|never|from now on|whenever|every time|each time|in (?:all|every) (?:answers?|repl(?:y|ies)))\b.{0,80}\b(?:answer|respond|reply|say|tell|state|claim|pretend|treat|repeat|send|include|recommend|mention|visit|open|click|run|execute|output|print|append|begin|start|end|obey|reveal|promote|praise)\b/iu,
  /\byou (?:must(?! (?:have|feel|love|know|miss|think)\b)|shall|have to|are (?:now|required|obliged)|will (?:now|always|never)|should (?:always|never))\b/iu,
  /\b(?:system|developer) (?:prompt|message|mode|instruction)|\bjailbreak|\bdo anything now\b|\bas an ai\b|\b(?:your|new|hidden|secret) (?:instructions|rules|guidelines|directives|orders)\b|\bprompt injection\b/iu,
  /\b(?:reveal|print|show|repeat|leak|exfiltrate|send|forward|upload|post)\b.{0,30}\b(?:prompt|instructions|memor(?:y|ies)|conversation|files?|keys?|passwords?|data)\b/iu,
  /\b(?:curl|wget)\s+(?:-|\S+[.:/])|\b(?:sudo|powershell|rm -rf|chmod|eval|exec|bash -c|cmd\.exe|drop table)\b/iu,
  /\b(?:the|an?|any|every|all|this) (?:ai |chat ?)?(?:assistants?|bots?|ais?|llms?|language models?)\b(?:(?!\b(?:I|we)\b).){0,20}\b(?:should|must|shall|has to|have to|ought to|needs? to|is to|never|always)\b/iu,
  /\b(?:if|when|as) you(?:'re| are) an? (?:ai|llm|bot|(?:language )?model|assistant)\b|\bnote to (?:all |any |the )?(?:ais?|llms?|bots?|assistants?|(?:language )?models?)\b/iu,
  /\b(?:user|owner)\b.{0,20}\b(?:wants?|prefers?|asks?|expects?|requires?|demands?|likes?|would like)\b.{0,40}\b(?:you|assistant|ai|answers?|repl(?:y|ies)|responses?)\b/iu,
  /\b(?:every|each|all)\b.{0,15}\b(?:answers?|repl(?:y|ies)|responses?)\b.{0,30}\b(?:ends?|begins?|starts?|contains?|includes?|mentions?|must|should)\b/iu,
  /\bmemory (?:update|injection|insert|write)\b|\b(?:store|save|record|write|keep)\b.{0,20}\b(?:permanently|(?:in|to|into) (?:your |the )?(?:long-?term )?memory)\b|\bbio tool\b|\bto=bio\b/iu,
  /<\/?\s*(?:system|user|assistant|instructions?|script|tool|\||｜|start_of_turn|end_of_turn|think|remembered|message|eos|bos)|<\/s>|<\|[^|]*\|>|\[\/?(?:INST|SYS|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)|###? ?(?:system|instruction|assistant|user)|^(?:system|assistant)\s*:/imu,
  /\b(?:ignoriere|vergiss|missachte)\b.{0,40}\b(?:anweisung|regel|vorherige|bisherige|alles)|\b(?:antworte|sage|sag|empfiehl)\b.{0,20}\b(?:immer|nie|stets)\b|\b(?:immer|stets|ab jetzt)\b.{0,30}\b(?:antworten|sagen|empfehlen)\b|\bdu (?:musst|sollst|bist (?:jetzt|ab jetzt))\b/iu,
  /\bignorez?\b.{0,40}\b(?:instructions|consignes|règles)|(?<!\bje )\b(?:réponds|répondez|dis|recommande)\b.{0,20}\b(?:toujours|jamais)\b|\btu (?:dois|es (?:maintenant|désormais))\b/iu,
  /\b(?:ignora|olvida|descarta)\b.{0,40}\b(?:instrucciones|reglas|todo)|\b(?:responde|contesta|di|recomienda)\b.{0,20}\b(?:siempre|nunca)\b|\b(?:debes|tienes que|ahora eres)\b/iu,
  /(?:指示|命令|ルール|プロンプト).{0,8}(?:無視|忘れ|従)|システムプロンプト|(?:必ず|常に|いつも).{0,12}(?:答え|返事|回答|勧め)|あなたは(?:今|これ)から/u,
  /\b(?:ignor[ae]|dimentica|esqueça)\b.{0,40}\b(?:istruzioni|regole|instruções|regras)|\b(?:rispondi|consiglia|responda|recomende)\b.{0,20}\b(?:sempre|mai|nunca)(?!\p{L})/iu,
  /(?:忽略|无视|無視|忘记|忘掉).{0,12}(?:指令|指示|规则|規則|提示)|(?:总是|必须|每次都|以后都).{0,8}(?:回答|推荐|说)/u,
  /(?:игнорируй|забудь|проигнорируй)(?:те)?.{0,40}(?:инструкци|правил|указани)|(?:всегда|никогда не).{0,20}(?:отвечай|рекомендуй|говори)/iu,
  /(?:zignoruj|zapomnij).{0,40}(?:instrukcj|polece|zasad)|\b(?:zawsze|nigdy)\b.{0,20}(?:odpowiadaj|polecaj|mów)/iu,
  /(?:talimat|kural)\p{L}*.{0,20}(?:yok say|görmezden gel|unut)|\bher zaman\b.{0,25}\b(?:öner|söyle|yanıtla|cevapla)/iu,
  /(?:지시|명령|규칙).{0,12}(?:무시|잊)|(?:항상|언제나).{0,16}(?:대답|추천|말)하/u,
  /(?:تجاهل|انس).{0,30}(?:التعليمات|القواعد|الأوامر)|(?:أجب|أوص).{0,20}دائم/u,
  /(?:निर्देश|नियम)\p{L}*\p{M}*.{0,20}(?:अनदेखा|भूल)|हमेशा.{0,20}(?:कह|जवाब|सुझा)/u,
];

/** An order rather than something about anybody: what says so is kept aside and never used. */
export const looksLikeOrder = (text: string): boolean => orderIn(text) !== undefined;

/** What of it is an order, as it is to be read; what nobody can see is taken for one. */
function orderIn(text: string): string | undefined {
  for (const reading of readings(text)) {
    for (const pattern of orders) {
      const found = pattern.exec(reading);
      // To the end of the last word: it is shown.
      if (found) return found[0] + (/^[\p{Script=Latin}\p{N}]*/u.exec(reading.slice(found.index + found[0].length))?.[0] ?? '');
    }
  }
  return hiddenIn(text);
}

const address = /\b(?:https?|ftp|file|javascript|data):\S|\bwww\.\S/iu;

/** Somewhere to go or to fetch from is nothing to be claimed. */
export const namesAddress = (text: string): boolean => address.test(text);

type Suspect = { subject: string; value: string; quote: string };

/** What about a claim, or else about the text it stands in, has kept it aside. */
export function whyAside({ subject, value, quote }: Suspect, text: string): { why: 'order' | 'address' | 'beside'; words: string } {
  const parts = [quote, value, subject];
  const [order] = parts.flatMap((part) => orderIn(part) ?? []);
  if (order !== undefined) return { why: 'order', words: order };
  const [place] = parts.flatMap((part) => /\S*(?:(?:https?|ftp|file|javascript|data):|www\.)\S+/iu.exec(part)?.[0] ?? []);
  return place === undefined ? { why: 'beside', words: orderIn(text) ?? '' } : { why: 'address', words: place };
}
