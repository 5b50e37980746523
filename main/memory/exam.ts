/**
 * A small examination for embedders. Whether closeness in an embedder's space means anything is measured, not believed:
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

export type Examined = {
  /** How much of the exam beyond guessing it passed, 0 to 1. */
  earned: number;
  /** What everything else is like: a meaning is measured against how close these are. */
  background: Float32Array[];
};

/** Embeds the exam's texts, a few at a time so that others get their turn, and marks it. */
export async function examine(embed: (texts: string[]) => Promise<Float32Array[]>): Promise<Examined> {
  const questions = await inPortions(pairs.map(([question]) => question), embed);
  const background = await inPortions(pairs.map(([, line]) => line), embed);
  const right = questions.filter((question, index) => closest(question, background) === index).length;
  const guessing = 1 / pairs.length;
  return { earned: Math.max(0, (right / pairs.length - guessing) / (1 - guessing)), background };
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
