import { expectTypeOf } from 'vitest';
import type { Language } from './language.ts';
import type {
  EdgeDetectionMessages,
  Edition,
  LayerMessages,
  LearningMessages,
  Messages,
  ReceptiveFieldMessages,
  SectionMessages,
  StrictConvolutionMessages,
} from './messages.ts';
import { translations } from './translations.ts';

declare const complete: Messages;

// A language that lacks a text does not compile, at whatever depth.
const { notPrinted, ...withoutNotPrinted } = complete;
expectTypeOf(notPrinted).toEqualTypeOf<string>();
// @ts-expect-error The text for what the book does not print is missing.
const lacksText: Messages = withoutNotPrinted;
const { summary, ...withoutSummary } = complete.crossCorrelation;
expectTypeOf(summary).toEqualTypeOf<string>();
// @ts-expect-error The sentence of a section is missing.
const lacksSummary: Messages = { ...complete, crossCorrelation: withoutSummary };
// @ts-expect-error An edition has no name.
const lacksEdition: LearningMessages = { ...complete.learning, editions: { English: 'English' } };

// And so it is with each text, not with these alone: none is optional.
expectTypeOf<Required<Messages>>().toEqualTypeOf<Messages>();
expectTypeOf<Required<SectionMessages>>().toEqualTypeOf<SectionMessages>();
expectTypeOf<Required<LayerMessages>>().toEqualTypeOf<LayerMessages>();
expectTypeOf<Required<EdgeDetectionMessages>>().toEqualTypeOf<EdgeDetectionMessages>();
expectTypeOf<Required<LearningMessages>>().toEqualTypeOf<LearningMessages>();
expectTypeOf<Required<LearningMessages['editions']>>().toEqualTypeOf<Readonly<Record<Edition, string>>>();
expectTypeOf<Required<StrictConvolutionMessages>>().toEqualTypeOf<StrictConvolutionMessages>();
expectTypeOf<Required<ReceptiveFieldMessages>>().toEqualTypeOf<ReceptiveFieldMessages>();

// Neither does a text too many, nor one that forgets to ask for its number's type.
// @ts-expect-error No section is called so.
const hasMore: Messages = { ...complete, padding: complete.layer };
// @ts-expect-error The number of results is a number.
const takesText: Messages = { ...complete, allAgree: (compared: string) => compared };

// Every language has its texts.
expectTypeOf<keyof typeof translations>().toEqualTypeOf<Language>();
const { ja, ...withoutJapanese } = translations;
expectTypeOf(ja).toEqualTypeOf<Messages>();
// @ts-expect-error Japanese is missing.
const lacksLanguage: Readonly<Record<Language, Messages>> = withoutJapanese;

expectTypeOf([lacksText, lacksSummary, lacksEdition, hasMore, takesText, lacksLanguage]).toBeArray();
