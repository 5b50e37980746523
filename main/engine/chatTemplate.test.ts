import { expect, test } from 'vitest';
import { isPlainChatMl } from './chatTemplate.ts';

test('plain ChatML is recognised however it is written, and nothing else is taken for it', () => {
  const one = "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
  const other = "{% for message in messages %}<|im_start|>{{ message.role }}\\n{{ message.content }}<|im_end|>\\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\\n{% endif %}";
  expect(isPlainChatMl(one)).toBe(true);
  expect(isPlainChatMl(other)).toBe(true);
  const withDefault = "{% if messages[0]['role'] != 'system' %}<|im_start|>system\nYou are Qwen.<|im_end|>\n{% endif %}";
  expect(isPlainChatMl(withDefault + one)).toBe(false);
  expect(isPlainChatMl(one.replace("+ m['content'] +", "+ m['content'] | trim +"))).toBe(false);
  expect(isPlainChatMl(one.replaceAll('im_start', 'start'))).toBe(false);
});
