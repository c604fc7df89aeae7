/**
 * Programs that AWS installs on instances, and that nobody runs elsewhere, in user agents. A regular expression that means the same in
 * SQL; upper and lower case are the same.
 */
export const OWN_AGENTS =
  'amazon-ssm-agent|AmazonCloudWatchAgent|\\bCWAgent\\b|Amazon ECS Agent|amazon-ecs-agent|codedeploy-agent|\\bkubelet\\b|amazon-vpc-cni|ec2-instance-connect|amazon-inspector';
