import { dayMillis } from '../ledger/columns.ts';

/** SQL for the day, counted from 1970, of a time in milliseconds. */
const lossDay = `cast((losses.time - losses.time % ${dayMillis}) / ${dayMillis} as bigint)`;

/**
 * SQL for a relation with the ledger's rows of users who were not lost before that day, and `loss_day`, null of who stays. The
 * day of a loss always has a row: the loss is an event.
 */
export const visits = `(select ledger.*, losses.time as loss_time, ${lossDay} as loss_day
    from ledger left join losses on ledger."user" = losses."user"
    where losses.time is null or ledger.day <= ${lossDay})`;
