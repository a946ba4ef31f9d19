import { dayMillis } from '../ledger/columns.ts';

/** SQL for a relation with the day, counted from 1970, and the time of each loss. It may have no event of its own. */
export const lossDays = `(select "user", time as loss_time, cast((time - time % ${dayMillis}) / ${dayMillis} as bigint) as loss_day from losses)`;

/** SQL for a relation with the ledger's rows up to the day of the user's loss; `loss_time` and `loss_day` are null of who stays. */
export const visits = `(select ledger.*, loss_time, loss_day
    from ledger left join ${lossDays} as lost on ledger."user" = lost."user"
    where loss_day is null or ledger.day <= loss_day)`;
