// Owns the forms of a text in HTML and XML: every way of the usual writers, which differ in what they escape, and how.

/** How the writers of HTML and XML write what some of them leave as it is; one writes a character in one way. */
const htmlChoices: readonly (readonly Readonly<Record<string, string>>[])[] = [
  [{ '>': '&gt;' }, {}],
  [{ '"': '&quot;' }, { '"': '&#34;' }, { '"': '&#x22;' }, {}],
  [{ "'": '&#39;' }, { "'": '&#x27;' }, { "'": '&#039;' }, { "'": '&apos;' }, {}],
  [
    {},
    { '+': '&#43;' },
    { '/': '&#x2F;' },
    { '/': '&#x2F;', '`': '&#x60;', '=': '&#x3D;' },
    { '/': '&#x2f;', '`': '&#x60;', '=': '&#x3d;' },
  ],
];

/** In HTML and XML; characters beyond ASCII as they are or by their numbers. */
export function htmlForms(text: string): readonly string[] {
  const forms = htmlChoices.reduce<readonly string[]>(
    (written, choices) => [
      ...new Set(written.flatMap((form) => choices.map((spellings) => spelt(form, spellings)))),
    ],
    [spelt(text, { '&': '&amp;', '<': '&lt;' })],
  );
  if (!/[^\0-\x7f]/.test(text)) return forms;
  const numbered = (write: (point: number) => string): readonly string[] =>
    forms.map((form) => form.replace(/[^\0-\x7f]/gu, (one) => write(one.codePointAt(0) ?? 0)));
  return [
    ...forms,
    ...numbered((point) => `&#${point};`),
    ...numbered((point) => `&#x${point.toString(16)};`),
  ];
}

function spelt(text: string, spellings: Readonly<Record<string, string>>): string {
  return text.replace(/[&<>"'/=`+]/g, (one) => spellings[one] ?? one);
}
