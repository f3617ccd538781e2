// Owns which titles and sentences say that something is to be done on another day, or when some long time has passed.

/** A run waits for minutes; from hours on it is another run. */
const time =
  '(?:at least |about |around |roughly |approximately |some |no less than )?(?:\\d+(?:\\.\\d+)?|an?|one|two|three|four|five|six|seven|ten|a few|a couple of|several|another)[ -](?:more |full |business |working )?(?:hours?|days?|weeks?|months?|quarters?|years?|nights?|sprints?|h|d)\\b';

/** A time that is kept for something, and ends. */
const period =
  '(?:the |your |this |its )?(?:\\S+ )?(?:retention|grace|soak|soaking|bake|baking|burn in|observation|monitoring|waiting|holding|hold|probation|trial|cool ?down|cool ?off|cooling(?: off)?|maintenance|change|freeze|stabili[sz]ation|hypercare) (?:period|window|time|phase)\\b';

const later: readonly RegExp[] = [
  new RegExp(`^(?:only )?(?:after|in|wait) ${time}(?! of | old| long| worth)`),
  new RegExp(`^(?:once|when|if|after) .*?\\b(?:for|over) (?:a period of )?${time}`),
  new RegExp(`^${time} (?:later|afterwards?|after|from now)\\b`),
  /^(?:on )?(?:the )?(?:next|following) (?:(?:business|working) day|day|morning|evening|night|week(?:end)?|month|quarter|year|sprint|maintenance window)\b|^(?:the )?day after\b/,
  /^(?:tomorrow|some ?time later|much later|at a later (?:time|point|date|stage)|down the road|in the (?:near |distant )?future|in the long (?:run|term)|eventually)\b/,
  /^later(?: on)?(?:$|[,:]| (?:when|once|if|after|you can)\b)/,
  new RegExp(
    `^(?:at|by|near|towards?) the end of (?:${period}|(?:the |your |this |its )?(?:\\S+ )?(?:month|quarter|year|week|day|sprint|period|window|night)\\b)`,
  ),
  new RegExp(`^(?:only )?(?:after|once|when) ${period}`),
  // "Drop the old table after a week"
  new RegExp(`\\b(?:after ${time}|${time} later|the (?:next|following) (?:day|morning|night|week|month))$`),
];

/** Without any of these nothing speaks of a later time. */
const mayBe =
  /\b(?:hour|day|week|month|quarter|year|night|sprint|\d+[ -]?[hd]\b|tomorrow|later|future|long (?:run|term)|road|eventually|period|window|time|phase)/;

/** Whether words, normalised as a title is, name a time that is not now. */
export function speaksOfLater(words: string): boolean {
  return mayBe.test(words) && later.some((one) => one.test(words));
}
