/** The user agents for which neither `hunt init` nor `hunt tune` proposes an exclusion. */
import { expect, test } from 'vitest';
import { suspectAgent } from '../../../src/rule/catalog/suspect-agent.js';

const TERRAFORM = 'APN/1.0 HashiCorp/1.0 Terraform/1.5.0 (+https://www.terraform.io)';

test.each([
  'Pacu/1.0',
  'Boto3/1.34 pacu',
  'stratus-red-team_11a6ef34-91b2-4c40-a9f5-8c0f1f4b2c6d',
  `${TERRAFORM} stratus-red-team`,
  'Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux#6.8.11-kali2-amd64 md/arch#x86_64',
  'aws-cli/2.13.5 Python/3.11.4 Linux/6.5.0-13parrot1-amd64 source/x86_64.parrot.4',
  'aws-cli/1.27 Linux/6.1-Pentoo',
  'CloudGoat',
])('%s is that of a tool of attackers', (agent) => {
  expect(suspectAgent(agent)).toBe('tool of attackers');
});

test.each([
  `${TERRAFORM} \u200b`,
  `${TERRAFORM} \u202e`,
  `${TERRAFORM}\u00ad`,
  `${TERRAFORM}\u0007`,
  `\ufeff${TERRAFORM}`,
  `${TERRAFORM}${' '.repeat(3000)}Pacu/1.0`,
])('%j hides what it is', (agent) => {
  expect(suspectAgent(agent)).toBe('hides');
});

test.each([
  TERRAFORM,
  'aws-cli/2.13.5 Python/3.11.4',
  'app/alkaline Boto3/1.34',
  'app/kalinka Boto3/1.34',
  'Boto3/1.34 app/pacuare',
  'Терраформ/1.5',
])('%s is an agent like any other', (agent) => {
  expect(suspectAgent(agent)).toBeUndefined();
});
