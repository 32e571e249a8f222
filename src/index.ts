export type { Convention } from './analysis/conventions/names.ts';
export { conventions } from './analysis/conventions/names.ts';
export type { CostCounter } from './analysis/cost.ts';
export { costCounter, costOf } from './analysis/cost.ts';
export type { Change } from './analysis/diff/changes.ts';
export { changesOf } from './analysis/diff/changes.ts';
export type { FigureChange, GraphDiff, NodeChange } from './analysis/diff/compareGraphs.ts';
export {
  compareGraphs,
  isBreaking,
  isChanged,
  lostMeanings,
  lostWeights,
} from './analysis/diff/compareGraphs.ts';
export { summaryOf } from './analysis/diff/graphSummary.ts';
export type { ReportFigures } from './analysis/exactReport.ts';
export { exactReport } from './analysis/exactReport.ts';
export { explain } from './analysis/explain.ts';
export type {
  AttributeExplanation,
  AxisExplanation,
  Explanation,
  NodeExplanation,
  ShapeExplanation,
} from './analysis/explanation.ts';
export { explanationData } from './analysis/explanationData.ts';
export type { FieldReport } from './analysis/field/fieldReport.ts';
export { fieldReport, fieldReportData, printFieldReport } from './analysis/field/fieldReport.ts';
export type { Misalignment } from './analysis/field/misalignments.ts';
export { misalignments } from './analysis/field/misalignments.ts';
export type { FieldFigures, FieldOfAxis, ReceptiveFields } from './analysis/field/receptiveFields.ts';
export { fieldFigures, receptiveFields } from './analysis/field/receptiveFields.ts';
export { formatExplanation } from './analysis/formatExplanation.ts';
export { driftsOf } from './analysis/lock/drifts.ts';
export type { LockEntry } from './analysis/lock/lockEntry.ts';
export { lockEntryOf } from './analysis/lock/lockEntry.ts';
export type { LockFile } from './analysis/lock/lockFile.ts';
export { lockVersion, parseLock } from './analysis/lock/lockFile.ts';
export type {
  Memory,
  MemoryOptions,
  OrderMemory,
  Peak,
  WeightMemory,
} from './analysis/memory/memory.ts';
export { activationBytes, memoryOf } from './analysis/memory/memory.ts';
export { memoryData } from './analysis/memory/memoryData.ts';
export type { PrintMemoryOptions } from './analysis/memory/printMemory.ts';
export { printMemory } from './analysis/memory/printMemory.ts';
export type { OriginLink, OriginLinkKind } from './analysis/originLink.ts';
export { formatSizes } from './analysis/sizes/formatSizes.ts';
export type { SizesReport, SymbolSizes } from './analysis/sizes/report.ts';
export { sizesData } from './analysis/sizes/sizesData.ts';
export type { ClaimedSpec } from './claims/claimSpec.ts';
export { claimSpec } from './claims/claimSpec.ts';
export type { LeftRow, MatchedRow } from './claims/claimTable.ts';
export type { PaperRow, ReadTable, TableOptions } from './claims/readTable.ts';
export { readTable } from './claims/readTable.ts';
export type { Compilation, CompileOptions, ReadFile } from './compile.ts';
export { compile, read as readSpecText } from './compile.ts';
export type { Diagnostic, Link, Problem, Related, Result, Severity } from './diagnostics/diagnostic.ts';
export { diagnose, hasErrors, problem } from './diagnostics/diagnostic.ts';
export type { Edit, Fix } from './diagnostics/fix.ts';
export { arranged, formatDiagnostic, formatDiagnostics, formatSummary } from './diagnostics/format.ts';
export type { Paint } from './diagnostics/paint.ts';
export { plain } from './diagnostics/paint.ts';
export type { Source, Span } from './diagnostics/source.ts';
export { positionOf } from './diagnostics/source.ts';
export { withThousands } from './diagnostics/withThousands.ts';
export type { EmitResult, NodeProblem, OutputFile, Rounding } from './emitters/emitter.ts';
export { emitOnnx } from './emitters/onnx/emit.ts';
export { opsets } from './emitters/onnx/opsets.ts';
export type { OnnxOptions } from './emitters/onnx/options.ts';
export { onnxDefaults } from './emitters/onnx/options.ts';
export type { DrawOptions, UnknownBlock } from './emitters/picture/drawSvg.ts';
export { drawSvg, unknownBlocks } from './emitters/picture/drawSvg.ts';
export type { Theme } from './emitters/picture/style.ts';
export { chosenColours, themes } from './emitters/picture/style.ts';
export type { SafetensorsOptions } from './emitters/safetensors/emitSafetensors.ts';
export { emitSafetensors } from './emitters/safetensors/emitSafetensors.ts';
export type { ColumnName } from './emitters/table/columns.ts';
export { columnNames, isColumnName } from './emitters/table/columns.ts';
export type { ShapeTableOptions, TableFormat } from './emitters/table/shapeTable.ts';
export { shapeTable, tableFormats } from './emitters/table/shapeTable.ts';
export { emitTfjsGraph } from './emitters/tfjs/graph/emitTfjsGraph.ts';
export { emitTfjs } from './emitters/tfjs/layers/emitTfjs.ts';
export type { TfjsOptions } from './emitters/tfjs/options.ts';
export { defaultShardBytes } from './emitters/tfjs/options.ts';
export type { FittedFile, GivenFile } from './emitters/weightsFromFile.ts';
export { weightsFromFile } from './emitters/weightsFromFile.ts';
export { formatSpec } from './formatter/formatSpec.ts';
export type { TypedGraph, TypedNode } from './ir/graph.ts';
export type { CompiledForm, LintOptions, LintResult } from './lint.ts';
export { compileForms, lint } from './lint.ts';
export { applyFixes } from './linter/applyFixes.ts';
export type { Baseline, StaleEntry } from './linter/baseline.ts';
export { baselineOf, parseBaseline, passBaseline } from './linter/baseline.ts';
export type { LintConfig } from './linter/config.ts';
export { parseConfig } from './linter/config.ts';
export type { LintFormat } from './linter/formats/formatNames.ts';
export { lintFormatNames } from './linter/formats/formatNames.ts';
export { printReport } from './linter/formats/formats.ts';
export { findRule, rules } from './linter/registry.ts';
export type {
  ClaimCombination,
  ClaimRepairs,
  FailedClaim,
  RepairChange,
  SurplusClaims,
} from './linter/repairs/claimRepairs.ts';
export type { LintReport } from './linter/report.ts';
export type { Level, Rule, SetName } from './linter/rule.ts';
export { setNames } from './linter/rule.ts';
export type { ChoiceProblem, RuleChoice, Settings } from './linter/settings.ts';
export { choicesOf, settingsOf, withChoices } from './linter/settings.ts';
export { Findings } from './parser/findings.ts';
export { isSpecText } from './parser/isSpecText.ts';
export type { Optimized } from './passes/optimize.ts';
export { optimize } from './passes/optimize.ts';
export type { PassName, PassOptions, PassReport } from './passes/pass.ts';
export { printPasses } from './passes/printPasses.ts';
export type { ErrorExplanation } from './reference/explainError.ts';
export { errorCodes, explainError, isErrorCode } from './reference/explainError.ts';
export type { OpDescription, OpExample, OpSummary } from './reference/ops/describeOps.ts';
export { describeOp, listOps } from './reference/ops/describeOps.ts';
export type { RuleExplanation } from './reference/rules/explainRule.ts';
export { explainRule } from './reference/rules/explainRule.ts';

export type { SchemaName } from './reference/schemas/schemaNames.ts';
export { schemaNames } from './reference/schemas/schemaNames.ts';
export { schemaText } from './reference/schemas/schemas.ts';
export type { RepairBounds, RepairClaimsOptions } from './repairClaims.ts';
export { repairClaims } from './repairClaims.ts';
export type { SizesOptions, SizesResult } from './sizes.ts';
export { acceptedSizes } from './sizes.ts';
export type { TargetChoice } from './targetProblems.ts';
export { placedProblems, targetProblems } from './targetProblems.ts';
export type { Dim } from './tensor/dim.ts';
export type { Sizes } from './tensor/evaluateDim.ts';
export { printDim } from './tensor/printDim.ts';
export { chooseSizes, openSymbols } from './verify/chooseSizes.ts';
export type { ElementApart, EndPointComparison } from './verify/compareEndPoints.ts';
export { compareEndPoints } from './verify/compareEndPoints.ts';
export type { Fed } from './verify/drawInputs.ts';
export { drawInputs } from './verify/drawInputs.ts';
export type {
  EmittedModels,
  FormatChoice,
  ModelsResult,
  TfjsFormat,
  TfjsModel,
} from './verify/emitModels.ts';
export { emitModels, formatChoices } from './verify/emitModels.ts';
export type { ModelRun, RunTensor, TargetRuns, Values } from './verify/modelRun.ts';
export { printVerification } from './verify/printVerification.ts';
export type { RunFailure, RuntimeUsed, Verification } from './verify/verification.ts';
export { defaultTolerance, failuresOf, isVerified } from './verify/verification.ts';
export { verificationData } from './verify/verificationData.ts';
export { version } from './version.ts';
export { buildPageData } from './viewer/buildPageData.ts';
export type { PageData } from './viewer/pageData.ts';
export { printPage } from './viewer/printPage.ts';
export { blobBytes, bytesBlob } from './weights/blob.ts';
export type { DTypeRule } from './weights/dtypeRules.ts';
export type { WeightDType } from './weights/encoding.ts';
export { weightDTypes } from './weights/encoding.ts';
export type { FileBytes } from './weights/fileBytes.ts';
export { bytesInMemory } from './weights/fileBytes.ts';
export type { NameMap } from './weights/nameMap.ts';
export { isSchemeName, parseNameMap, schemeMap } from './weights/nameMap.ts';
export { schemeNames } from './weights/nameSchemes.ts';
export { storedAs } from './weights/storedAs.ts';
export type { WeightSource, WeightsOption } from './weights/weightSource.ts';
export { weightSource } from './weights/weightSource.ts';
