// Differences that are meant: each by a narrow condition, with its reason. Anything else is a defect.

/** Every text of a case: the template and its partials. */
const texts = ({ template, partials }) => [template, ...Object.values(partials)];

export const explained = [
  {
    name: "block parameter not given",
    reason: "where nothing gives a block its parameters, Handlebars.js fails on reading a property of undefined; here they are empty",
    holds: (asked, control, ours) => ours.error === undefined && /^Cannot read properties of undefined \(reading '[0-9]'\)$/.test(control.error ?? ""),
  },
  {
    name: "dynamic partial name lost",
    reason: "with explicitPartialContext, Handlebars.js takes the missing context for the name of a dynamic partial",
    holds: (asked, control) => asked.options.explicitPartialContext === true && control.error === "The partial undefined could not be found" && texts(asked).some((text) => /\{\{~?#?>\s*\(/.test(text)),
  },
];

export function explain(asked, control, ours) {
  return explained.find((one) => one.holds(asked, control, ours))?.name;
}
