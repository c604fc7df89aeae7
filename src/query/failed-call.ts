import { fieldsOf, type Condition } from '../rule/condition/condition.js';

/** Whether a condition tests only for the error of a failed call. A failed call changed nothing, so it always stays excluded. */
export function isFailedCall(condition: Condition): boolean {
  const fields = fieldsOf(condition);
  return (
    fields.length > 0 &&
    fields.every((field) => /^error(code|message)$/i.test(field[0] ?? '') && field.length === 1)
  );
}
