import { describe, expect, it } from 'vitest';
import type { Command } from './commandForms.ts';
import { asksToKeepHere, commandOf } from './commands.ts';
import { asksToUndo, replyOf } from './replies.ts';

const lines = (text: string) => text.trim().split('\n').map((line) => line.trim());
const shortly = (command: Command | null): string => (command ? `${command.kind}${partOf(command)}` : 'nothing');

function partOf(command: Command): string {
  if (command.kind === 'correct') return ` ${command.value}${command.instead === null ? '' : ` / ${command.instead}`}`;
  if (command.kind === 'forget') return ` ${command.about ?? '-'}`;
  if (command.kind === 'known') return ` ${command.who ?? '-'}`;
  return 'said' in command ? ` ${command.said}` : '';
}

describe('what is asked of memory', () => {
  it.each([
    ['Remember that my sister lives in Porto.', 'remember my sister lives in Porto.'],
    ['please remember: the boiler code is 4471', 'remember the boiler code is 4471'],
    ["Don't forget that I'm allergic to walnuts!", "remember I'm allergic to walnuts!"],
    ['Could you remember that my name is Ana Maria?', 'remember my name is Ana Maria?'],
    ['I want you to remember that the choir sings on Thursdays.', 'remember the choir sings on Thursdays.'],
    ['Keep in mind that Tomek is away until May', 'remember Tomek is away until May'],
    ['Remember my dog is called Rex.', 'remember my dog is called Rex.'],
    ['Remember that tomek is away until May', 'remember tomek is away until May'],
    ['Note: the spare key is under the stairs', 'remember the spare key is under the stairs'],
    ['Merk dir bitte, dass ich keine Pilze mag.', 'remember ich keine Pilze mag.'],
    ["N'oublie pas que j'habite à Lyon.", "remember j'habite à Lyon."],
    ['Recuerda que mi hermana vive en Oporto.', 'remember mi hermana vive en Oporto.'],
    ['妹はポルトに住んでいると覚えておいてください。', 'remember 妹はポルトに住んでいる'],

    ['Forget that.', 'forget -'],
    ['please forget what I just said', 'forget -'],
    ['Could you forget that, please?', 'forget -'],
    ['Forget what I said.', 'forget -'],
    ['Delete that from your memory', 'forget -'],
    ['Forget what I told you about my sister.', 'forget my sister'],
    ["Please forget everything I've said about the trip to Peru", 'forget the trip to Peru'],
    ['forget everything you know about Tomek', 'forget Tomek'],
    ['Forget my address', 'forget my address'],
    ['Forget that my sister lives in Porto.', 'forget my sister lives in Porto'],
    ['Forget where I live', 'forget where I live'],
    ['Vergiss das bitte.', 'forget -'],
    ['Vergiss, was ich eben gesagt habe', 'nothing'],
    ['Vergiss was ich eben gesagt habe', 'forget -'],
    ['Vergiss alles, was ich dir über meine Schwester erzählt habe.', 'forget Schwester'],
    ['Oublie ça.', 'forget -'],
    ["Oublie ce que je t'ai dit sur ma sœur", 'forget sœur'],
    ['Olvida eso', 'forget -'],
    ['Olvida lo que te dije sobre mi hermana.', 'forget hermana'],
    ['それは忘れてください', 'forget -'],
    ['妹のことは忘れて', 'forget 妹'],
    ['Forget everything you know about me.', 'forget-everything'],
    ['Wipe your memory', 'forget-everything'],

    ['What do you know about me?', 'known -'],
    ['so what do you remember about me so far', 'known -'],
    ['Tell me everything you know about me', 'known -'],
    ['What have you learned about me?', 'known -'],
    ['What do you remember?', 'known -'],
    ['What do you know about my sister?', 'known my sister'],
    ['What do you know about Ana Maria?', 'known Ana Maria'],
    ['Was weißt du über mich?', 'known -'],
    ['Was weißt du über meine Schwester?', 'known meine Schwester'],
    ['Que sais-tu de moi ?', 'known -'],
    ['¿Qué sabes de mí?', 'known -'],
    ['私について何を知っていますか？', 'known -'],

    ["No, it's Thursday.", 'correct Thursday'],
    ["Actually it's Thursday, not Tuesday", 'correct Thursday / Tuesday'],
    ["it's Lisbon, not Porto", 'correct Lisbon / Porto'],
    ['No, not Tuesday, Thursday.', 'correct Thursday / Tuesday'],
    ["That's wrong, it's 4472.", 'correct 4472'],
    ['Sorry, I meant Lisbon', 'correct Lisbon'],
    ['No, it should be 3 May', 'correct 3 May'],
    ['no, she lives in Lisbon', 'restate she lives in Lisbon'],
    ['Actually, I live in Ghent now.', 'restate I live in Ghent now'],
    ['Nein, es ist Donnerstag, nicht Dienstag.', 'correct Donnerstag / Dienstag'],
    ["Non, c'est jeudi, pas mardi.", 'correct jeudi / mardi'],
    ['No, es jueves, no martes.', 'correct jueves / martes'],
    ['いいえ、木曜日です、火曜日ではありません', 'correct 木曜日 / 火曜日'],
  ])('%s', (text, expected) => {
    expect(shortly(commandOf(text))).toBe(expected);
  });

  it.each(
    lines(`
      forget it
      Forget it, never mind.
      Forget about it.
      Never mind, forget that and tell me a joke instead.
      Forget that, let's talk about dinner.
      I forgot that.
      I forget that all the time.
      I can't remember that.
      I don't remember that at all.
      I can't remember that my sister ever lived there.
      Do you remember that?
      Do you remember that film with the bees?
      Did you forget that?
      Have you forgotten what I told you about Porto?
      Remember that time we went to Porto?
      Remember that one?
      Remember that villain in the movie?
      Hey remember that band Barenaked Ladies?
      Remember, your eyes have to be closed.
      Remember, parts 2 and 3 came out in May and November of the same year?
      And don't forget, Fleury has to continue to play out of his mind.
      Keep in mind, though. I never said I didn't like them.
      Remember that you are a pirate.
      No, it's not.
      No it is not
      No, I do not know who he is
      Nope :) not anymore - since they left.
      No. That is pretty crazy
      I meant to say alex smith, not sure why I was thinking of reggie.
      Remember me?
      Remember when I told you about Ana?
      I remember that my sister lives in Porto.
      She told me to remember that life is short.
      Remember to buy milk.
      Help me remember things better.
      How do I remember that many names?
      What should I remember about Portugal?
      Forget that I asked.
      Forget I said anything.
      Forget my question.
      Forget about the dishes.
      Don't forget it.
      Don't forget me!
      Don't forget about dinner.
      Why do people forget everything they learn?
      How can I forget my ex?
      I want to forget everything about that day.
      Write a poem that begins "Forget what I told you about love".
      What do you know!
      What do you know about it?
      What do you know about the French Revolution and its causes in the provinces?
      What do you know about you?
      What do I know about me?
      You know what I told you about Ana.
      No, it's fine.
      No, it's okay, thanks.
      Actually it's complicated.
      Actually, it's a good idea.
      No, that's all.
      No, that's enough for today.
      No, that's not what I meant.
      It's Thursday.
      It's not Thursday.
      Not today.
      No.
      No thanks.
      Actually, tell me a joke.
      Actually, what about Lisbon?
      No, is it Thursday?
      Vergiss es.
      Das habe ich vergessen.
      Vergiss nicht!
      Laisse tomber, oublie.
      J'ai oublié ça.
      Olvídalo.
      Se me olvidó eso.
      忘れました
      もう忘れた
      覚えていますか？
      Translate: remember that I love you
      Remember that my sister lives in Porto? What should I bring her. Any ideas?
    `).map((line) => [line]),
  )('asks nothing: %s', (text) => {
    expect(shortly(commandOf(text))).toBe('nothing');
  });

  // Bug: what was to stay in one conversation is remembered for all of them.
  it.each([
    ['Remember, only in this conversation: the spare key lies under the mat.', 'the spare key lies under the mat.'],
    ['Please remember just here: my pin is 4471', 'my pin is 4471'],
    ['remember in this conversation only that I am leaving Tomek', 'I am leaving Tomek'],
    ['Only in this conversation, remember: I am leaving Tomek.', 'I am leaving Tomek.'],
    ['Keep this here: I am leaving Tomek.', 'I am leaving Tomek.'],
    ['ok, keep this in this conversation – I am leaving Tomek.', 'I am leaving Tomek.'],
    ['Remember that my parrot is called Rex, but only in this conversation.', 'my parrot is called Rex'],
    ['Merk dir, nur in diesem Gespräch: ich ziehe nach Kiel.', 'ich ziehe nach Kiel.'],
    ['Merk dir bitte nur hier, dass ich nach Kiel ziehe.', 'ich nach Kiel ziehe.'],
    ['Behalte das hier: ich ziehe nach Kiel.', 'ich ziehe nach Kiel.'],
    ['Retiens, seulement dans cette conversation : je quitte Lyon.', 'je quitte Lyon.'],
    ['Garde ça ici : je quitte Lyon.', 'je quitte Lyon.'],
    ['Recuerda, solo en esta conversación: me mudo a Vigo.', 'me mudo a Vigo.'],
    ['Guarda esto aquí: me mudo a Vigo.', 'me mudo a Vigo.'],
    ['この会話だけで覚えておいて：妹はポルトに住んでいる', '妹はポルトに住んでいる'],
    ['ここだけで、妹はポルトに住んでいると覚えておいてください。', '妹はポルトに住んでいる'],
  ])('is kept to the conversation: %s', (text, said) => {
    expect(commandOf(text)).toMatchObject({ kind: 'remember', said, plain: false, here: true });
  });

  it('is kept to the conversation however long it is, whatever it ends with', () => {
    expect(asksToKeepHere(`Remember, only in this conversation: ${'I am leaving Tomek. '.repeat(200)}`)).toBe(true);
    expect(asksToKeepHere('Keep this here: I am leaving Tomek. What shall I tell him?')).toBe(true);
  });

  // Bug: a pasted text takes minutes to be saved.
  it.each(['remember that ', 'remember, only here', 'remember that , , ', 'ここだけで、', 'please ', 'remember: ( only here ', 'keep this here', 'nur hier, '])('is told at once of a long text: %s', (part) => {
    const text = part + part.slice(-2).repeat(200_000);
    const start = performance.now();
    asksToKeepHere(text);
    asksToKeepHere(part.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it.each(['Remember that my sister lives in Porto.', 'Keep this in mind: it rains.', 'I only said it in this conversation.', 'Is this only in this conversation?', 'Remember that I live here.', 'Keep it here.', 'Remember that only this conversation matters to me.'])(
    'is not kept to the conversation: %s',
    (text) => expect(asksToKeepHere(text)).toBe(false),
  );

  it('is seen through at once, whatever is written', () => {
    const parts = ['no, ', 'not ', 'forget that ', 'please ', 'remember: ', 'what do you know about ', "it's ", ', not ', 'I told you about ', '  ', '、', 'を忘れて', 'actually ', '? ', 'my ', '1 and ', 'yes, '];
    const texts = parts.flatMap((one) => parts.flatMap((other) => [`${one}${other}`.repeat(30), `forget what I told you about ${one.repeat(40)}${other}x`, `no, it's ${one}${other.repeat(60)}`]));
    for (const text of texts) {
      const start = performance.now();
      commandOf(text.slice(0, 400));
      replyOf(text.slice(0, 100));
      asksToUndo(text.slice(0, 100));
      expect(performance.now() - start, text.slice(0, 60)).toBeLessThan(100);
    }
  });

  it('asks nothing at great length', () => {
    expect(commandOf(`Remember that ${'my sister lives in Porto and '.repeat(200)}`)).toBeNull();
  });
});

describe('an answer to the question whether to forget', () => {
  it.each(['Yes', 'yes, please', 'ok do it', 'Forget them all', 'go ahead', 'Ja bitte', 'oui', 'Sí, por favor', 'はい', 'both of them'])('%s: yes', (text) => {
    expect(replyOf(text)).toEqual({ kind: 'yes', which: null });
  });
  it.each([
    ['only 2', [2]],
    ['1 and 3', [1, 3]],
    ['just the first', [1]],
    ['forget number 2', [2]],
    ['the last one', [-1]],
  ])('%s: these', (text, which) => {
    expect(replyOf(text)).toEqual({ kind: 'yes', which });
  });
  it.each(['No', 'no, keep it', "don't", 'never mind', 'Nein danke', 'non', 'いいえ', 'no, cancel'])('%s: no', (text) => {
    expect(replyOf(text)).toEqual({ kind: 'no' });
  });
  it.each(['What is that?', 'yes and what is the weather', 'no idea', 'okay so my sister lives in Porto', 'maybe', 'I said 2 times no'])('%s: none', (text) => {
    expect(replyOf(text)).toBeNull();
  });
  it('knows when it is to be undone', () => {
    expect(['undo', 'Undo that, please!', 'bring it back', 'mach das rückgängig'].every(asksToUndo)).toBe(true);
    expect(['how do I undo that in git?', 'undo my jacket', 'bring me back a coffee'].some(asksToUndo)).toBe(false);
  });
});
