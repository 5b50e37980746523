/**
 * A small examination for embedders and rerankers. Whether closeness in an embedder's space means anything is measured, not believed:
 * each question has one line that answers it in other words, and the other lines stand for everything else ever said.
 */

/** Question and the line that answers it; they share as few telling words as people manage. Written for this purpose. */
const pairs: readonly (readonly [string, string])[] = [
  ['Where does my sibling have her home?', 'My sister lives in Porto.'],
  ['What can I not eat?', 'Peanuts make my throat swell up, I am allergic.'],
  ['Which pet do I own?', 'Our cat Biscuit sleeps on the radiator all day.'],
  ['What do I do for a living?', 'I have been a nurse at the children’s hospital for six years.'],
  ['How do I get to the office?', 'I cycle to work along the canal every morning.'],
  ['When is my wedding anniversary?', 'We got married on the third of June.'],
  ['What is the code for the bicycle?', 'The combination of my bike lock is 4471.'],
  ['Which vehicle did I buy?', 'We picked up the new electric car on Saturday.'],
  ['What musical instrument am I learning?', 'I started taking cello lessons in spring.'],
  ['Who is my physician?', 'Doctor Amara sees me for my blood pressure.'],
  ['What film made me cry?', 'I was in tears at the end of that movie about the old dog.'],
  ['Where did we go on holiday?', 'Last summer the family spent two weeks on Crete.'],
  ['What sport do I practise?', 'I play badminton on Tuesdays.'],
  ['How is my mother doing?', 'Mum is recovering well from her hip operation.'],
  ['Which language am I studying?', 'My Japanese course has reached the second level.'],
  ['What did I plant outdoors?', 'There are tomatoes and beans in the garden this year.'],
  ['How much do I pay for the flat?', 'The rent went up to nine hundred a month.'],
  ['What is my child afraid of?', 'Our son hides under the blanket when it thunders.'],
  ['What do I drink in the morning?', 'I can’t start the day without a strong espresso.'],
  ['What is broken in the house?', 'The boiler has been leaking since Monday.'],
  ['Which book am I in the middle of?', 'I’m halfway through a novel about lighthouse keepers.'],
  ['Who cuts my hair?', 'I always go to Lena’s salon for a trim.'],
  ['What makes me nervous?', 'Speaking in front of a big audience gives me stomach ache.'],
  ['Where do I keep the spare key?', 'There is another one for the front door under the blue flowerpot.'],
  ['What present should I get for dad?', 'My father has been wishing for a proper fishing rod.'],
  ['When do I have to be at the airport?', 'The flight leaves at seven in the morning on Friday.'],
  ['What colour did we choose for the walls?', 'We painted the living room a warm yellow.'],
  ['Which school does my daughter attend?', 'Emma goes to the primary on Mill Lane.'],
  ['What do I want to give up?', 'I’m trying to stop smoking before New Year.'],
  ['Who lives next door?', 'Our neighbour Mr Okafor repairs old radios.'],
  ['What did I study at university?', 'I have a degree in chemistry.'],
  ['How tall am I?', 'I measure one metre eighty-two.'],
  ['What is my favourite meal?', 'Nothing beats a plate of lasagne.'],
  ['Which team do I support?', 'I have been a Benfica fan since I was a boy.'],
  ['What am I saving up for?', 'Every month I put money aside for a small boat.'],
  ['Why can’t I sleep?', 'The bakery downstairs starts its machines at three at night.'],
  ['What did the dentist say?', 'They told me two of my teeth need fillings.'],
  ['Which medicine do I take?', 'I swallow one tablet for my thyroid after breakfast.'],
  ['Who is coming to dinner?', 'Ravi and his wife will join us for supper on Sunday.'],
  ['What is the password of the wireless network?', 'Guests can use the wifi with the word marmalade.'],
  ['Where did I grow up?', 'My childhood was spent in a village near the Polish border.'],
  ['What software do I write programs in?', 'At the moment I code mostly in Rust.'],
  ['What happened to my knee?', 'I twisted my leg skiing and had to wear a brace.'],
  ['Which charity do I help?', 'On weekends I volunteer at the animal shelter.'],
  ['How do I like my steak?', 'I order my meat rare.'],
  ['When is the rubbish collected?', 'The bins must stand on the street on Thursday before eight.'],
  ['What is my brother’s trade?', 'Tomek builds furniture out of oak.'],
  ['What is my greatest dream?', 'One day I’d love to see the northern lights.'],
];

/** The same in other languages: German, French, Spanish and Japanese, eight each. An embedder of English alone knows next to nothing here. */
const pairsElsewhere: readonly (readonly [string, string])[] = [
  ['Wo wohnt meine Schwester?', 'Die Jüngste von uns Geschwistern ist nach Porto gezogen.'],
  ['Was darf ich nicht essen?', 'Von Erdnüssen schwillt mir der Hals zu.'],
  ['Womit verdiene ich mein Geld?', 'Seit sechs Jahren bin ich Krankenpfleger im Kinderspital.'],
  ['Wie komme ich ins Büro?', 'Jeden Morgen radle ich am Kanal entlang.'],
  ['Welches Instrument lerne ich?', 'Im Frühling habe ich mit dem Cello angefangen.'],
  ['Wie geht es meiner Mutter?', 'Mama erholt sich gut von der neuen Hüfte.'],
  ['Was ist im Haus kaputt?', 'Der Heizkessel tropft seit Montag.'],
  ['Wie hoch ist die Miete?', 'Neunhundert im Monat kostet uns die Wohnung jetzt.'],
  ['Où habite ma sœur ?', 'La cadette de la famille vit maintenant à Porto.'],
  ['Que ne puis-je pas manger ?', 'Les cacahuètes me font gonfler la gorge.'],
  ['Quel est mon métier ?', 'Je suis infirmière à l’hôpital depuis six ans.'],
  ['Comment vais-je au bureau ?', 'Tous les matins je pédale le long du canal.'],
  ['De quoi mon fils a-t-il peur ?', 'Notre petit se cache sous la couette quand il y a de l’orage.'],
  ['Quelle voiture ai-je achetée ?', 'Samedi nous avons pris livraison de l’électrique.'],
  ['Qui me coupe les cheveux ?', 'Je vais toujours au salon de Léna.'],
  ['Quand sort-on les poubelles ?', 'Les bacs doivent être sur le trottoir jeudi avant huit heures.'],
  ['¿Dónde vive mi hermana?', 'La menor de la familia se mudó a Oporto.'],
  ['¿Qué no puedo comer?', 'Los cacahuetes me hinchan la garganta.'],
  ['¿En qué trabajo?', 'Llevo seis años de enfermera en el hospital infantil.'],
  ['¿Qué deporte practico?', 'Los martes juego al bádminton.'],
  ['¿Quién es mi médico?', 'La doctora Amara me controla la tensión.'],
  ['¿Qué bebo por la mañana?', 'Sin un espresso bien cargado no empiezo el día.'],
  ['¿Dónde guardo la llave de repuesto?', 'Hay otra de la puerta debajo de la maceta azul.'],
  ['¿Para qué estoy ahorrando?', 'Cada mes aparto dinero para una barquita.'],
  ['妹はどこに住んでいますか。', '一番下のきょうだいはポルトに引っ越した。'],
  ['私が食べられないものは何ですか。', 'ピーナッツで喉が腫れる。'],
  ['私の仕事は何ですか。', '六年前から小児病院で看護師をしている。'],
  ['会社へはどうやって行きますか。', '毎朝、運河沿いを自転車で走る。'],
  ['母の具合はどうですか。', '股関節の手術のあと、お母さんは順調に回復している。'],
  ['家で壊れているものは何ですか。', '月曜からボイラーの水が漏れている。'],
  ['部屋の壁は何色にしましたか。', '居間を温かい黄色に塗った。'],
  ['夏休みはどこへ行きましたか。', '去年の八月は家族でクレタに二週間いた。'],
];

const aLanguage = 8;

export type Examined = {
  /** How much of the exam beyond guessing it passed, 0 to 1: in English, and in other languages. */
  earned: number;
  earnedElsewhere: number;
  /** What everything else is like: a meaning is measured against how close these are. */
  background: Float32Array[];
};

/** Embeds the exam's texts, a few at a time so that others get their turn, and marks it. */
export async function examine(embed: (texts: string[]) => Promise<Float32Array[]>): Promise<Examined> {
  const { passed: earned, lines: background } = await sit(pairs, pairs.length, embed);
  const { passed: earnedElsewhere } = await sit(pairsElsewhere, aLanguage, embed);
  return { earned, earnedElsewhere, background };
}

/** `likely`: lines that may be guessed among. Which language a text is in is told without understanding it. */
async function sit(exam: typeof pairs, likely: number, embed: (texts: string[]) => Promise<Float32Array[]>): Promise<{ passed: number; lines: Float32Array[] }> {
  const questions = await inPortions(exam.map(([question]) => question), embed);
  const lines = await inPortions(exam.map(([, line]) => line), embed);
  const right = questions.filter((question, index) => closest(question, lines) === index).length;
  const guessing = 1 / likely;
  return { passed: Math.max(0, (right / exam.length - guessing) / (1 - guessing)), lines };
}

type Rank = (question: string, lines: string[]) => Promise<number[]>;

/** How much of the exam a reranker passes beyond guessing, 0 to 1, in English and in other languages. */
export async function examineReader(rank: Rank): Promise<{ earned: number; earnedElsewhere: number }> {
  const [english, elsewhere] = [pairs, pairsElsewhere].map((exam) => exam.filter((_, index) => index % 2 === 0));
  return { earned: await sitReading(english!, rank), earnedElsewhere: await sitReading(elsewhere!, rank) };
}

/** Each answer is looked for among so many lines. */
const among = 4;

async function sitReading(exam: typeof pairs, rank: Rank): Promise<number> {
  let right = 0;
  for (const [index, [question]] of exam.entries()) {
    const [own, ...others] = await rank(question, Array.from({ length: among }, (_, step) => exam[(index + step) % exam.length]![1]));
    if (own! > Math.max(...others)) right += 1;
  }
  return Math.max(0, (right / exam.length - 1 / among) / (1 - 1 / among));
}

/** By how many standard deviations a closeness stands out from the question's closeness to the exam's lines. Pure. */
export function distinctionFor(question: Float32Array, background: Float32Array[]): (similarity: number) => number {
  const usual = background.map((line) => dot(question, line));
  const mean = usual.reduce((sum, value) => sum + value, 0) / usual.length;
  const spread = Math.sqrt(usual.reduce((sum, value) => sum + (value - mean) ** 2, 0) / usual.length) || 1;
  return (similarity) => (similarity - mean) / spread;
}

async function inPortions(texts: string[], embed: (texts: string[]) => Promise<Float32Array[]>): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let from = 0; from < texts.length; from += 8) vectors.push(...(await embed(texts.slice(from, from + 8))));
  return vectors;
}

function closest(question: Float32Array, lines: Float32Array[]): number {
  const similarities = lines.map((line) => dot(question, line));
  return similarities.indexOf(Math.max(...similarities));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}
