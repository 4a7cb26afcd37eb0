const { detachVolume } = require("ecs-detach-volume");

detachVolume(JSON.parse(process.env.DETACH_OPTIONS)).then(({ jobId }) => console.log(jobId));
