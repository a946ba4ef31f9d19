import { type Command, Option } from 'commander';
import { type CalibrationSetting, calibrationSettings } from '../pipeline/calibration-setting.ts';

/** What the option of `withCalibration` is parsed to. */
export interface CalibrationOption {
  readonly calibration: CalibrationSetting;
}

/** The option of every command that learns. */
export function withCalibration(command: Command): Command {
  return command.addOption(
    new Option(
      '--calibration <kind>',
      'what puts probabilities right, fitted out of fold; auto: the simplest among the best on validation rows; what would turn a model round is left out',
    )
      .choices(calibrationSettings)
      .default('auto'),
  );
}
