import type { ClaimGroup, ClaimOrder, ClaimTopic } from '../../main/contract/claim.ts';
import type { InputOf } from '../api.ts';
import { t } from '../messages.ts';

/** Which claims are looked at, and in what order. */
export type ClaimQuery = Omit<InputOf<'claims.known'>, 'limit'>;

/** A topic is named here; a person and a place name themselves. */
export const labelOf = ({ key, label }: ClaimGroup, by: ClaimOrder): string => (by === 'topic' ? t(`claims.topic.${key as ClaimTopic}`) : label);
