/** What the owner's message is, as far as the trust rule needs to know. */
export type Utterance = 'small-talk' | 'statement' | 'question' | 'request';

/** Whole messages, punctuation and case aside. Anything with more in it is not small talk. */
const smallTalk = [
  /^(hi|hello|hey|hiya|howdy|hallo|greetings|yo)( there| again| you| engram| everyone| friend)*$/u,
  /^good (morning|afternoon|evening|night|day)( to you| engram)?$/u,
  /^(how are you|how are you doing|how are things|how is it going|how's it going|what's up|how do you feel)( today| now)?$/u,
  /^(i am|i'm) (fine|good|well|ok|okay|great)( too)?( thanks| thank you)?( and you)?$/u,
  /^(many )?(thanks|thank you|thx|cheers|ta)( a lot| so much| very much| you| again| engram| that helps| that was helpful)*$/u,
  /^(bye|goodbye|bye bye|see you|see you later|see you soon|see you tomorrow|take care|sleep well)$/u,
  /^(ok|okay|alright|all right|cool|nice|great|good|fine|perfect|wonderful|yes|yes please|yeah|yep|sure|no|nope|no thanks|no thank you|maybe|wow|haha|lol)$/u,
  /^(sorry|my bad|never mind|no problem|you are welcome|you're welcome)$/u,
  /^(who|what) are you( called)?$/u,
  /^(what is|what's) your name$/u,
  /^(what can you do|what do you do|how can you help( me)?|what are you good at|help|help me)$/u,
  /^(are|do|can) you (a |an )?(robot|human|real|person|computer|alive|online|offline|there|ready|have feelings|love me|remember me|know me|sleep|dream)$/u,
  /^(is my data safe|do you send my data anywhere|where is my data)$/u,
  /^((can you )?tell me a joke|make me laugh|do you know a joke|another joke|one more)( please)?$/u,
  /^(i am|i'm|i feel|i'm feeling|i am feeling) (so |very |really |a bit |a little |quite )*(sad|down|happy|great|tired|sleepy|bored|lonely|stressed|excited|angry|sick|unwell|better)( today| now| tonight)?$/u,
  /^i had (a|such a) (very |really |so )*(bad|great|good|long|hard|terrible|wonderful|lovely) (day|night|week)( today)?$/u,
  /^(you are|you're|that is|that's|this is) (so |very |really |not )*(great|good|nice|kind|funny|wrong|right|helpful|cool|amazing|smart)$/u,
  /^(well done|good job|i like you|i love you)$/u,
];

const asksByVerb =
  /^(please |could you |can you |would you |will you )*(write|explain|translate|summari[sz]e|list|make|create|draft|suggest|describe|compare|calculate|give|show|help|find|search|look|draw|plan|rewrite|correct|improve|continue|repeat|define|convert|recommend|generate|compose|solve|read|open|play|set|count|sort|outline|brainstorm|say|name|invent|imagine|pretend|teach|sing|answer|choose|advise)\b/u;
/** Asks for something known rather than for something made. */
const asksToBeTold =
  /^(please |could you |can you |would you )*(tell|remind) me\b|^(i )?(forgot|have forgotten|can't remember|cannot remember|don't remember|don't know|need to know|wonder)\b/u;
const startsAsQuestion =
  /^(so |and |but |ok |okay |hey |hi |hello |well |please |sorry |now |then |by the way )*(what|whats|where|wheres|when|whens|who|whos|whom|whose|which|why|how|is|are|am|was|were|do|does|did|has|have|had|can|could|would|will|should|shall|may)\b/u;
const tellsToRemember = /^(please )?(remember|note|keep in mind|don't forget)( that|:| my| i\b| the\b)/u;

/** Judges by form alone, in English; what fits no form is a statement when it says something, else a request. */
export function utteranceOf(text: string): Utterance {
  const plain = spoken(text);
  if (smallTalk.some((form) => form.test(plain))) return 'small-talk';
  if (tellsToRemember.test(plain)) return 'statement';
  if (asksToBeTold.test(plain)) return 'question';
  if (asksByVerb.test(plain)) return 'request';
  if (/[?？]\s*$/u.test(text) || startsAsQuestion.test(plain)) return 'question';
  return plain.split(' ').length > 1 ? 'statement' : 'request';
}

/** Asks for advice or reasons, which are nobody's memories: "How do I…", "Should I…", "Why is my…". */
const asksForAdvice = /\b(how (do|can|could|should|would|to)|should|can|could|shall|may|would) (i|we|you|my)\b|^(why|how come)\b/u;

/** Whether the question is about the owner, so that only memory can answer it. */
export function isAboutOwner(text: string): boolean {
  const plain = spoken(text);
  if (asksForAdvice.test(plain)) return false;
  return /\b(my|mine|our|ours|about me|about us)\b|\b(do|did|am|was|have|had|are|were) (i|we)\b|\b(i|we) (said|told|live|work|like|have|am|was|put|left|bought)\b/u.test(plain);
}

/** Lower case, no punctuation but apostrophes, single spaces. */
const spoken = (text: string) =>
  text.toLowerCase().replace(/[’ʼ]/gu, "'").replace(/[^\p{L}\p{N}'\s]/gu, ' ').replace(/\s+/gu, ' ').trim();

